package io.zookit.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SessionPasswordsTest {
    private static final byte[] SECRET = hex("000102030405060708090a0b0c0d0e0f");
    private static final List<SessionPasswords> BOTH =
            List.of(SessionPasswords.compatible(), SessionPasswords.keyed(SECRET));

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @Test
    void compatiblePasswordsAreThoseCapturedFromAnApacheServer() {
        SessionPasswords passwords = SessionPasswords.compatible();
        assertArrayEquals(hex("eeb87869e3c2890a7cb8046d643db4d8"), passwords.password(0x0100_0017_4bb4_0000L));
        assertArrayEquals(hex("c8768469a32bcb8092323616bd2b8b3e"), passwords.password(0x0100_0017_4bb4_0002L));
        assertArrayEquals(hex("db977e694377aac587759d4191b49f0b"), passwords.password(0x0100_0017_4bb4_0003L));
    }

    @Test
    void keyedPasswordsAreTheBeginningOfTheMessageCode() {
        SessionPasswords passwords = SessionPasswords.keyed(SECRET);
        assertArrayEquals(hex("9c04646743fc731ef9d8ca2fe47fe6a1"), passwords.password(0x0100_0017_4bb4_0000L));
    }

    @Test
    void keyedPasswordsAreThoseOfThePlatformForSecretsOfAnyLength() throws GeneralSecurityException {
        for (int length : new int[] {16, 63, 64, 65, 200}) {
            byte[] secret = new byte[length];
            new Random(length).nextBytes(secret);
            Mac platform = Mac.getInstance("HmacSHA256");
            platform.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] code = platform.doFinal(ByteBuffer.allocate(Long.BYTES)
                    .putLong(0x0100_0017_4bb4_0000L)
                    .array());
            assertArrayEquals(
                    Arrays.copyOf(code, SessionPasswords.LENGTH),
                    SessionPasswords.keyed(secret).password(0x0100_0017_4bb4_0000L),
                    "a secret of " + length + " bytes");
        }
    }

    @Test
    void mixedPasswordsAreMadeInOneWayAndTakenInTwo() {
        SessionPasswords keyed = SessionPasswords.keyed(SECRET);
        SessionPasswords passwords = SessionPasswords.mixed(keyed, SessionPasswords.compatible());
        assertArrayEquals(keyed.password(42), passwords.password(42));
        assertTrue(passwords.matches(42, keyed.password(42)));
        assertTrue(passwords.matches(42, SessionPasswords.compatible().password(42)));
        assertFalse(passwords.matches(42, SessionPasswords.compatible().password(43)));
        assertFalse(keyed.matches(42, SessionPasswords.compatible().password(42)));
    }

    @Test
    void thePasswordOfASessionFitsOnlyIt() {
        for (SessionPasswords passwords : BOTH) {
            byte[] password = passwords.password(42);
            assertEquals(SessionPasswords.LENGTH, password.length);
            assertTrue(passwords.matches(42, password));
            assertFalse(passwords.matches(43, password));
            for (int i = 0; i < password.length; i++) {
                byte[] wrong = password.clone();
                wrong[i] ^= 1;
                assertFalse(passwords.matches(42, wrong));
            }
        }
    }

    @Test
    void aPasswordOfAnotherLengthDoesNotFit() {
        for (SessionPasswords passwords : BOTH) {
            assertFalse(passwords.matches(42, new byte[0]));
            assertFalse(passwords.matches(42, new byte[16]));
            assertFalse(passwords.matches(42, Arrays.copyOf(passwords.password(42), 15)));
            assertFalse(passwords.matches(42, Arrays.copyOf(passwords.password(42), 17)));
        }
    }

    @Test
    void noPasswordOpensSessionZero() {
        for (SessionPasswords passwords : BOTH) {
            assertFalse(passwords.matches(0, passwords.password(0)));
        }
    }

    @Test
    void theSecretDecidesAndIsCopied() {
        byte[] secret = SECRET.clone();
        SessionPasswords passwords = SessionPasswords.keyed(secret);
        byte[] before = passwords.password(42);
        secret[0] ^= 1;
        assertArrayEquals(before, passwords.password(42));
        assertFalse(SessionPasswords.keyed(secret).matches(42, before));
        assertFalse(SessionPasswords.compatible().matches(42, before));
    }

    @Test
    void aShortSecretIsRefused() {
        assertThrows(IllegalStateException.class, () -> SessionPasswords.keyed(new byte[15]));
    }
}
