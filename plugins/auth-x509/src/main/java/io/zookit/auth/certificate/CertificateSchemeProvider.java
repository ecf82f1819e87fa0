package io.zookit.auth.certificate;

import io.zookit.spi.PluginContext;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthSchemeProvider;

/** Provides the scheme of certificates, id {@code x509}. It has no settings. */
public final class CertificateSchemeProvider implements AuthSchemeProvider {
    @Override
    public String id() {
        return "x509";
    }

    @Override
    public AuthScheme create(PluginContext context) {
        return new CertificateScheme();
    }
}
