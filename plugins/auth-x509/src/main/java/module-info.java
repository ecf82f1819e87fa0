/** The scheme x509: whoever shows a certificate. */
module io.zookit.auth.certificate {
    requires io.zookit.spi;
    requires org.slf4j;
    requires static org.jspecify;

    provides io.zookit.spi.auth.AuthSchemeProvider with
            io.zookit.auth.certificate.CertificateSchemeProvider;
}
