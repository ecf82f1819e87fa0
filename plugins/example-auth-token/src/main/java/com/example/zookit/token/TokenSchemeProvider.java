package com.example.zookit.token;

import io.zookit.spi.PluginContext;
import io.zookit.spi.Setting;
import io.zookit.spi.Settings;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthSchemeProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** What the server finds in the jar: the name {@code token} for {@code plugin.auth}, and the setting {@code auth.token.file}. */
public final class TokenSchemeProvider implements AuthSchemeProvider {
    private static final String EXPECTED = "expected the path of a file with lines token=user";
    private static final Setting FILE = new Setting(
            "file", null, "The file with one line token=user for each token; read at every authentication.");

    @Override
    public String id() {
        return "token";
    }

    @Override
    public List<Setting> settings() {
        return List.of(FILE);
    }

    @Override
    public AuthScheme create(PluginContext context) {
        Settings settings = context.settings();
        String file = settings.text(FILE.name()).orElse("");
        if (file.isBlank()) {
            throw settings.invalid(FILE.name(), EXPECTED);
        }
        try {
            return new TokenScheme(Path.of(file));
        } catch (InvalidPathException notAPath) {
            throw settings.invalid(FILE.name(), EXPECTED);
        }
    }
}
