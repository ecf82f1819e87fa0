package io.zookit.simulator.explore;

import io.zookit.zab.Membership;
import io.zookit.zab.ZabEffects;
import io.zookit.zab.ZabSettings;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One number for all that an object knows, so that two cores in the same state can be told from two that are not. It looks into the
 * fields of the core, which for that has no methods of its own: so it works on the class path only, where tests run.
 *
 * <p>Moments count from now. Left out is what only measures how full a link is, and the dice of the pauses between attempts: no rule
 * depends on them within the bounds of an exploration.
 */
final class Fingerprint {
    private static final long PRIME = 0x9e37_79b9_7f4a_7c15L;
    private static final Set<String> LEFT_OUT =
            Set.of("nowMillis", "sentBytes", "confirmedBytes", "bytes", "effects", "config", "configOf");
    private static final Set<Class<?>> TYPES_LEFT_OUT = Set.of(ZabSettings.class, Random.class, Membership.class);

    private final Map<Class<?>, List<Field>> fieldsOf = new HashMap<>();
    private final IdentityHashMap<Object, Integer> seen = new IdentityHashMap<>();
    private long hash;
    private long nowMillis;

    /** The number of an object at a moment, by its own clock. */
    long of(Object object, long now) {
        hash = 1;
        nowMillis = now;
        seen.clear();
        walk(object);
        return hash;
    }

    static long mix(long hash, long value) {
        long mixed = (hash ^ value) * PRIME;
        return mixed ^ (mixed >>> 32);
    }

    private void mix(long value) {
        hash = mix(hash, value);
    }

    private void walk(@Nullable Object value) {
        if (value == null) {
            mix(0);
        } else if (value instanceof Number || value instanceof Boolean || value instanceof String) {
            mix(value.hashCode());
        } else if (value instanceof Enum<?> constant) {
            mix(constant.name().hashCode());
        } else if (value instanceof Map<?, ?> map) {
            mix(map.size());
            map.forEach((key, element) -> {
                walk(key);
                walk(element);
            });
        } else if (value instanceof Iterable<?> elements) {
            int count = 0;
            for (Object element : elements) {
                count++;
                walk(element);
            }
            mix(count);
        } else if (value.getClass().isArray()) {
            walkArray(value);
        } else if (value instanceof Record && !TYPES_LEFT_OUT.contains(value.getClass())) {
            walkFields(value);
        } else if (!TYPES_LEFT_OUT.contains(value.getClass()) && !(value instanceof ZabEffects)) {
            Integer before = seen.putIfAbsent(value, seen.size());
            if (before == null) {
                walkFields(value);
            } else {
                mix(before);
            }
        }
    }

    private void walkArray(Object array) {
        if (array instanceof byte[] bytes) {
            for (byte element : bytes) {
                mix(element);
            }
        } else if (array instanceof long[] longs) {
            for (long element : longs) {
                if (element != 0) {
                    mix(element);
                }
            }
        } else if (array instanceof Object[] objects) {
            for (Object element : objects) {
                if (element != null) {
                    walk(element);
                }
            }
        }
    }

    private void walkFields(Object object) {
        mix(object.getClass().getName().hashCode());
        try {
            for (Field field : fieldsOf.computeIfAbsent(object.getClass(), Fingerprint::fields)) {
                walkField(object, field);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("what was made accessible is not", e);
        }
    }

    private void walkField(Object object, Field field) throws IllegalAccessException {
        Class<?> type = field.getType();
        if (type == long.class) {
            long value = field.getLong(object);
            boolean moment = field.getName().endsWith("illis") && value != 0 && value != Long.MAX_VALUE;
            mix(moment ? value - nowMillis : value);
        } else if (type == int.class) {
            mix(field.getInt(object));
        } else if (type == boolean.class) {
            mix(field.getBoolean(object) ? 1 : 2);
        } else if (field.getName().equals("pings")) {
            mix(((Collection<?>) field.get(object)).size());
        } else {
            walk(field.get(object));
        }
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                boolean counts = !Modifier.isStatic(field.getModifiers()) && !LEFT_OUT.contains(field.getName());
                if (counts) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        fields.sort((one, other) -> one.getName().compareTo(other.getName()));
        return fields;
    }
}
