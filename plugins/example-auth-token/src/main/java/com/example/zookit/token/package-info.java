/** The scheme {@code token}: a client sends a token, an ACL names a user, a file says which is whose. */
package com.example.zookit.token;
