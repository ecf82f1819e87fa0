package io.zookit.spi;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The exported types of a compiled module as lines of text: for each type its head, and below it whatever a plugin can call,
 * implement or extend, in an order that does not depend on that of the source. Constants stand with their values, because a compiler
 * copies them into the plugin; what may be null is said.
 */
final class ContractText {
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");
    private static final Set<String> OF_EVERY_ENUM = Set.of("values", "valueOf");

    private ContractText() {}

    /** The version of the module that a class belongs to, as it was compiled. */
    static String versionOf(Class<?> member) throws Exception {
        return moduleOf(member).descriptor().rawVersion().orElseThrow();
    }

    /** The types exported by the module that a class belongs to. */
    static List<ContractType> of(Class<?> member) throws Exception {
        ModuleReference module = moduleOf(member);
        Set<String> exported = module.descriptor().exports().stream()
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        List<ContractType> types = new ArrayList<>();
        try (ModuleReader reader = module.open();
                Stream<String> files = reader.list()) {
            List<String> classes = files.filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> exported.contains(name.substring(0, name.lastIndexOf('.'))))
                    .toList();
            for (String name : classes) {
                Class<?> type = Class.forName(name, false, member.getClassLoader());
                if (isVisible(type)) {
                    types.add(new ContractType(type.getCanonicalName(), head(type), lines(type)));
                }
            }
        }
        return types;
    }

    private static ModuleReference moduleOf(Class<?> member) throws Exception {
        Path compiled = Path.of(
                member.getProtectionDomain().getCodeSource().getLocation().toURI());
        return ModuleFinder.of(compiled).findAll().iterator().next();
    }

    private static boolean isVisible(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getDeclaringClass()) {
            if (!isVisible(at.getModifiers())) {
                return false;
            }
        }
        return !type.isAnonymousClass() && !type.isLocalClass();
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String head(Class<?> type) {
        List<String> words = new ArrayList<>();
        boolean closed = type.isEnum() || type.isRecord();
        if (!closed && !type.isInterface() && Modifier.isAbstract(type.getModifiers())) {
            words.add("abstract");
        }
        if (!closed && Modifier.isFinal(type.getModifiers())) {
            words.add("final");
        }
        words.add(type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class");
        words.add(type.getCanonicalName() + typeParameters(type.getTypeParameters()));
        AnnotatedType parent = type.getAnnotatedSuperclass();
        if (!closed && parent != null && parent.getType() != Object.class) {
            words.add("extends " + text(parent));
        }
        if (type.getAnnotatedInterfaces().length > 0) {
            words.add((type.isInterface() ? "extends " : "implements ")
                    + list(Arrays.stream(type.getAnnotatedInterfaces())
                            .map(ContractText::text)
                            .sorted()));
        }
        if (type.isSealed()) {
            words.add("permits "
                    + list(Arrays.stream(type.getPermittedSubclasses())
                            .map(Class::getCanonicalName)
                            .sorted()));
        }
        return String.join(" ", words);
    }

    private static SortedSet<String> lines(Class<?> type) throws IllegalAccessException {
        SortedSet<String> lines = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if (field.isEnumConstant()) {
                lines.add("constant " + field.getName());
            } else if (isOffered(field)) {
                lines.add(field(field));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isOffered(constructor)) {
                lines.add("new" + parameters(constructor));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            boolean known = OF_EVERY_OBJECT.contains(method.getName())
                    || (type.isEnum() && OF_EVERY_ENUM.contains(method.getName()));
            if (isOffered(method) && !known) {
                lines.add(method(method));
            }
        }
        return lines;
    }

    private static boolean isOffered(Member member) {
        return isVisible(member.getModifiers()) && !member.isSynthetic();
    }

    private static String field(Field field) throws IllegalAccessException {
        String line = words(field) + text(field.getAnnotatedType()) + " " + field.getName();
        boolean inlined = Modifier.isStatic(field.getModifiers())
                && (field.getType().isPrimitive() || field.getType() == String.class);
        return inlined ? line + " = " + field.get(null) : line;
    }

    private static String method(Method method) {
        String kind = method.isDefault() ? "default " : "";
        String typeParameters = typeParameters(method.getTypeParameters());
        String spaced = typeParameters.isEmpty() ? "" : typeParameters + " ";
        return words(method) + kind + spaced + text(method.getAnnotatedReturnType()) + " " + method.getName()
                + parameters(method);
    }

    private static String words(Member member) {
        int modifiers = member.getModifiers();
        int said = Modifier.PROTECTED | Modifier.ABSTRACT | Modifier.STATIC | Modifier.FINAL;
        boolean finalAnyway = Modifier.isFinal(member.getDeclaringClass().getModifiers()) && member instanceof Method;
        String words = Modifier.toString(modifiers & (finalAnyway ? said & ~Modifier.FINAL : said));
        return words.isEmpty() ? "" : words + " ";
    }

    private static String parameters(Executable executable) {
        String parameters =
                list(Arrays.stream(executable.getAnnotatedParameterTypes()).map(ContractText::text));
        String thrown = list(Arrays.stream(executable.getAnnotatedExceptionTypes())
                .map(ContractText::text)
                .sorted());
        return "(" + parameters + ")" + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static String typeParameters(TypeVariable<?>[] variables) {
        if (variables.length == 0) {
            return "";
        }
        return "<"
                + list(Arrays.stream(variables).map(variable -> {
                    String bounds = Arrays.stream(variable.getAnnotatedBounds())
                            .filter(bound -> bound.getType() != Object.class)
                            .map(ContractText::text)
                            .collect(Collectors.joining(" & "));
                    return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
                }))
                + ">";
    }

    private static String text(AnnotatedType type) {
        String mark = type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
        if (type instanceof AnnotatedArrayType array) {
            return text(array.getAnnotatedGenericComponentType()) + (mark.isEmpty() ? "[]" : " " + mark + "[]");
        }
        if (type instanceof AnnotatedParameterizedType parameterized) {
            Type raw = ((ParameterizedType) parameterized.getType()).getRawType();
            String arguments = list(Arrays.stream(parameterized.getAnnotatedActualTypeArguments())
                    .map(ContractText::text));
            return mark + name(raw) + "<" + arguments + ">";
        }
        if (type instanceof AnnotatedWildcardType wildcard) {
            AnnotatedType[] lower = wildcard.getAnnotatedLowerBounds();
            return lower.length > 0
                    ? "? super " + text(lower[0])
                    : "? extends " + text(wildcard.getAnnotatedUpperBounds()[0]);
        }
        return mark + name(type.getType());
    }

    private static String name(Type type) {
        if (type instanceof Class<?> named) {
            String name = named.getCanonicalName();
            return name.startsWith("java.lang.") ? name.substring("java.lang.".length()) : name;
        }
        return type.getTypeName();
    }

    private static String list(Stream<String> words) {
        return words.collect(Collectors.joining(", "));
    }
}
