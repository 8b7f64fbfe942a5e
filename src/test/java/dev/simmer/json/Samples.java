package dev.simmer.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Makes values of any record and any sealed family by looking at what they are made of: a component
 * that a record gains and a variant that a family gains appear in the values by themselves, and a
 * codec that does not carry them changes what it carries.
 */
public final class Samples {
    private static final List<String> PIECES =
            List.of(
                    "äß",
                    " €",
                    "\u2028",
                    "\u0001",
                    "\u001b[1m",
                    "\"\\/",
                    "\uD83D\uDE00",
                    "\uD800",
                    "=x");
    private static final int TRIES = 10_000;

    private final Random random;
    private final List<Class<?>> made = new ArrayList<>();

    /** The same seed makes the same values. */
    public Samples(long seed) {
        random = new Random(seed);
    }

    /** Every record that this has made values of. */
    public Collection<Class<?>> made() {
        return new LinkedHashSet<>(made);
    }

    /** The records that a type's values can be: itself, or its permitted variants, all down. */
    public static List<Class<?>> variants(Class<?> type) {
        if (!type.isSealed()) {
            return List.of(type);
        }
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> each : type.getPermittedSubclasses()) {
            all.addAll(variants(each));
        }
        return all;
    }

    /** A value of a record, or of one of a sealed family's variants. */
    public <T> T of(Class<T> type) {
        return type.cast(any(type));
    }

    /** A value of a generic type, such as a record's component has. */
    private Object any(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isSealed()) {
            List<Class<?>> all = variants(plain);
            return any(all.get(random.nextInt(all.size())));
        }
        if (plain.isRecord()) {
            return record(plain);
        }
        if (plain.isEnum()) {
            Object[] all = plain.getEnumConstants();
            return all[random.nextInt(all.length)];
        }
        return simple(plain);
    }

    private Object generic(ParameterizedType type) {
        Type[] of = type.getActualTypeArguments();
        Class<?> raw = (Class<?>) type.getRawType();
        if (raw == Optional.class) {
            return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(any(of[0]));
        }
        int size = random.nextInt(4);
        if (raw == Map.class || raw == SortedMap.class) {
            Map<Object, Object> map = raw == Map.class ? new LinkedHashMap<>() : new TreeMap<>();
            for (int i = 0; i < size; i++) {
                Object key = of[0] == String.class ? text().replace('\uD800', '-') : any(of[0]);
                map.put(key, any(of[1]));
            }
            return map;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(any(of[0]));
        }
        if (raw == List.class) {
            return list;
        }
        if (raw == Set.class || raw == SortedSet.class) {
            return new TreeSet<>(list);
        }
        throw new AssertionError("no samples of " + type + " yet");
    }

    private Object simple(Class<?> type) {
        return switch (type.getName()) {
            case "int", "java.lang.Integer" -> small();
            case "long", "java.lang.Long" -> random.nextBoolean() ? small() : random.nextLong();
            case "double", "java.lang.Double" -> random.nextInt(1001) / 1000.0;
            case "boolean", "java.lang.Boolean" -> random.nextBoolean();
            case "java.lang.String" -> text();
            case "java.nio.file.Path" -> Path.of("/a b/é-" + random.nextInt(100), "c\"d");
            case "java.time.Duration" -> Duration.ofMillis(random.nextLong(1, 1L << 40));
            case "java.time.Instant" -> Instant.ofEpochMilli(random.nextLong(-5, 1L << 45));
            case "java.util.OptionalDouble" ->
                    random.nextBoolean()
                            ? OptionalDouble.of(random.nextInt(1001) / 10.0)
                            : OptionalDouble.empty();
            case "java.util.OptionalInt" ->
                    random.nextBoolean() ? OptionalInt.of(random.nextInt()) : OptionalInt.empty();
            case "java.util.OptionalLong" ->
                    random.nextBoolean()
                            ? OptionalLong.of(random.nextLong(1L << 50))
                            : OptionalLong.empty();
            case "java.util.regex.Pattern" ->
                    Pattern.compile(
                            "a+|\"é\\d{" + random.nextInt(1, 9) + "}",
                            random.nextBoolean() ? 0 : Pattern.CASE_INSENSITIVE);
            case "java.net.URI" -> URI.create("http://127.0.0.1:" + random.nextInt(99) + "/?a=b");
            default -> throw new AssertionError("no samples of " + type + " yet");
        };
    }

    private int small() {
        return random.nextInt(4) == 0 ? random.nextInt(-300, 300) : random.nextInt(11);
    }

    private String text() {
        int from = random.nextInt(PIECES.size());
        String strange = String.join("", PIECES.subList(from, random.nextInt(from, PIECES.size())));
        return random.nextInt(8) == 0 ? "" : "t" + random.nextInt(1000) + strange;
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            for (int t = 0; t < TRIES; t++) {
                Object[] values = new Object[components.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = any(components[i].getGenericType());
                }
                try {
                    Object made = constructor.newInstance(values);
                    this.made.add(type);
                    return made;
                } catch (InvocationTargetException e) {
                    if (!(e.getCause() instanceof IllegalArgumentException)) {
                        throw e;
                    }
                    // Out of its range: the next one may not be.
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record is not as records are", e);
        }
        throw new AssertionError("no value of " + type + " is in its range");
    }

    /**
     * A value in words, with every component of every record in it, so that values can be compared
     * which hold something with no equality of its own, such as a pattern.
     */
    public static String describe(Object value) {
        return switch (value) {
            case Record record -> describeRecord(record);
            case Pattern pattern -> pattern.pattern() + "/" + pattern.flags();
            case Optional<?> optional ->
                    optional.map(each -> "some " + describe(each)).orElse("none");
            case Collection<?> all -> all.stream().map(Samples::describe).toList().toString();
            case Map<?, ?> map -> describe(map.entrySet());
            case Map.Entry<?, ?> entry ->
                    describe(entry.getKey()) + "=" + describe(entry.getValue());
            default -> value.toString();
        };
    }

    private static String describeRecord(Record record) {
        StringBuilder text = new StringBuilder(record.getClass().getSimpleName()).append('(');
        for (RecordComponent each : record.getClass().getRecordComponents()) {
            try {
                text.append(each.getName()).append(": ");
                text.append(describe(each.getAccessor().invoke(record))).append('\n');
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("a record is not as records are", e);
            }
        }
        return text.append(')').toString();
    }
}
