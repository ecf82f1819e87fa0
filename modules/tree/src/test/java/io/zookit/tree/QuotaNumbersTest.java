package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuotaNumbersTest {
    @Test
    void softLimitsAreTwoNumbers() {
        QuotaNumbers numbers = QuotaNumbers.parse("count=4,bytes=-1");
        assertEquals(QuotaNumbers.of(4, -1), numbers);
        assertEquals("count=4,bytes=-1", numbers.text());
        assertEquals(-1, numbers.countHardLimit());
        assertEquals(-1, numbers.byteHardLimit());
    }

    @Test
    void hardLimitsFollowAnEqualsSignInTheOrderOfTheirNames() {
        String text = "count=1,bytes=2=;byteHardLimit=3;countHardLimit=4";
        QuotaNumbers numbers = QuotaNumbers.parse(text);
        assertEquals(3, numbers.byteHardLimit());
        assertEquals(4, numbers.countHardLimit());
        assertEquals(2, numbers.bytes());
        assertEquals(text, numbers.text());
    }

    @Test
    void orderAndSeparatorsAreFreeAndOtherNumbersStay() {
        QuotaNumbers numbers = QuotaNumbers.parse("zeta=9;bytes=2,,count=1");
        assertEquals(new QuotaNumbers(1, 2, new TreeMap<>(Map.of("zeta", 9L))), numbers);
        assertEquals("count=4,bytes=4=;zeta=9", numbers.plus(3, 2).text());
    }

    @Test
    void whatIsNoNumberIsMissing() {
        for (String text : new String[] {"", "count", "count=", "count=x,bytes=99999999999999999999", "=3", "\0"}) {
            assertEquals(QuotaNumbers.of(-1, -1), QuotaNumbers.parse(text), text);
        }
    }
}
