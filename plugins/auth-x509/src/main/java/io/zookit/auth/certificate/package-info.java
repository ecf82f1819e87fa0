/** The scheme x509: a client is the subject of the certificate that its connection was made with. */
@NullMarked
package io.zookit.auth.certificate;

import org.jspecify.annotations.NullMarked;
