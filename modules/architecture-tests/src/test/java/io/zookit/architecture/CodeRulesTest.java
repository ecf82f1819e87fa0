package io.zookit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

/** Rules about what the classes do. */
class CodeRulesTest {
    private static final House HOUSE = House.here();
    private static final JavaClasses CLASSES = HOUSE.classes();
    private static final String[] PURE_PACKAGES = House.packagesOf(HOUSE.pureModules());
    private static final Set<String> MAINS = Set.of("io.zookit.server.Main", "io.zookit.cli.Main");

    /** Reason: the simulator and the replay of a log rest on it: the same input gives the same state, on every machine. */
    @Test
    void pureModulesReachNothingImpure() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE_PACKAGES)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.net..",
                                "java.nio.channels..",
                                "java.nio.file..",
                                "java.util.concurrent..",
                                "java.util.logging..",
                                "java.util.random..",
                                "java.time..",
                                "org.slf4j..")
                        .or(named(
                                "java.lang.Thread",
                                "java.lang.ThreadLocal",
                                "java.lang.Runtime",
                                "java.lang.Process",
                                "java.lang.ProcessBuilder",
                                "java.io.File",
                                "java.io.FileInputStream",
                                "java.io.FileOutputStream",
                                "java.io.RandomAccessFile",
                                "java.util.Timer",
                                "java.util.Date",
                                "java.security.SecureRandom")))
                .because("a pure module knows no thread, lock, socket, file, clock, random or logger")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(PURE_PACKAGES)
                .should()
                .callMethodWhere(calls(
                        "java.lang.System.currentTimeMillis",
                        "java.lang.System.nanoTime",
                        "java.lang.System.identityHashCode",
                        "java.lang.System.getLogger",
                        "java.lang.Math.random",
                        "java.util.UUID.randomUUID",
                        "java.util.Collections.shuffle",
                        "java.lang.Object.wait",
                        "java.lang.Object.notify",
                        "java.lang.Object.notifyAll"))
                .because("time and chance are arguments")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(PURE_PACKAGES)
                .should()
                .callConstructor(java.util.Random.class)
                .because("chance is an argument, and a seed is one")
                .check(CLASSES);
    }

    /** Reason: a contract that shows a library binds every implementation to it. */
    @Test
    void theContractsAreFreeOfTheLibrariesBehindThem() {
        noClasses()
                .that()
                .resideInAPackage("io.zookit.spi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "org.mapdb..", "com.lmax..", "org.slf4j..", "kotlin..")
                .because("the next implementation uses another library")
                .check(CLASSES);
    }

    /** Reason: a contract is what others implement or hold; behaviour in a class of the SPI would be inherited by all of them. */
    @Test
    void theContractsAreInterfacesValuesAndExceptions() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("io.zookit.spi..")
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .should(ArchCondition.from(DescribedPredicate.<JavaClass>describe(
                        "be an interface, a record, an enum or an exception",
                        type -> type.isInterface()
                                || type.isRecord()
                                || type.isEnum()
                                || type.isAssignableTo(Throwable.class))))
                .check(CLASSES);
    }

    /** Reason: two servers in one JVM share nothing. */
    @Test
    void noStaticFieldCanChange() {
        fields().that()
                .areStatic()
                .should()
                .beFinal()
                .because("two servers in one JVM share nothing")
                .check(CLASSES);
        fields().that()
                .areStatic()
                .and(not(modifier(JavaModifier.SYNTHETIC)))
                .should(holdAnImmutableValue())
                .because("a final reference to something that changes is a changing static all the same")
                .check(CLASSES);
    }

    /** Reason: configuration is a value that somebody gives; what reads it from the air differs between two servers in one JVM. */
    @Test
    void onlyConfigurationReadsSystemProperties() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.zookit.config")
                .and(not(aProgram()))
                .should()
                .callMethodWhere(calls(
                        "java.lang.System.getProperty",
                        "java.lang.System.getProperties",
                        "java.lang.System.setProperty",
                        "java.lang.System.getenv",
                        "java.lang.Integer.getInteger",
                        "java.lang.Long.getLong",
                        "java.lang.Boolean.getBoolean"))
                .check(CLASSES);
    }

    /** Reason: an embedded server must not end its host, and its words go to the host's log. */
    @Test
    void onlyTheCommandLineExitsAndPrints() {
        noClasses()
                .that(not(aProgram()))
                .should()
                .callMethodWhere(calls("java.lang.System.exit", "java.lang.Runtime.exit", "java.lang.Runtime.halt"))
                .because("an embedded server must not end its host")
                .check(CLASSES);
        noClasses()
                .that(not(aProgram()))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .orShould()
                .callMethodWhere(calls("java.lang.Throwable.printStackTrace"))
                .because("a library has no console")
                .check(CLASSES);
    }

    /**
     * Reason: every thread has a name, an owner and an end; so it comes from the factory that was handed out. Contract tests play
     * the callers, and callers have threads of their own.
     */
    @Test
    void threadsComeFromTheGivenFactory() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.zookit.kernel", "io.zookit.tck")
                .and(not(aProgram()))
                .should()
                .callConstructorWhere(
                        describe("makes a thread", call -> call.getTargetOwner().isAssignableTo(Thread.class)))
                .because("the kernel's factories name the threads of a server and know them")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.zookit.tck")
                .should()
                .callMethodWhere(describe("makes an executor with threads of its own", CodeRulesTest::ownThreads))
                .orShould()
                .callMethodWhere(calls(
                        "java.util.concurrent.ForkJoinPool.commonPool",
                        "java.util.Collection.parallelStream",
                        "java.util.stream.BaseStream.parallel"))
                .orShould()
                .dependOnClassesThat(named("java.util.Timer"))
                .because("a pool without our factory has threads nobody ends")
                .check(CLASSES);
    }

    /**
     * Reason: public means promised; only what the module exports is. Exceptions: a provider is public because the loader needs it
     * so, and the inner packages of a module (below its exported one) because its own packages have to see each other; both stay
     * closed to other modules.
     */
    @Test
    void publicTypesStandOnlyInExportedPackages() {
        Set<String> exported = new HashSet<>();
        Set<String> providers = new HashSet<>();
        for (Part part : HOUSE.all()) {
            part.descriptor().exports().forEach(exports -> exported.add(exports.source()));
            part.descriptor().provides().forEach(provides -> providers.addAll(provides.providers()));
        }
        ArchRuleDefinition.classes()
                .that(describe(
                        "are top-level classes outside of exported packages and their inner ones, but no providers",
                        type -> type.isTopLevelClass()
                                && !providers.contains(type.getName())
                                && exported.stream().noneMatch(name -> within(type.getPackageName(), name))))
                .should()
                .notBePublic()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /** Reason: what goes round in circles can neither be read in order nor taken apart. */
    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.zookit.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** Reason: a rule that sees nothing holds always. */
    @Test
    void theScanSawTheClasses() {
        assertTrue(CLASSES.size() >= 300, () -> "only " + CLASSES.size() + " classes were seen");
    }

    private static boolean within(String inner, String outer) {
        return inner.equals(outer) || inner.startsWith(outer + ".");
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        Set<String> set = Set.of(names);
        return describe("named " + set, type -> set.contains(type.getName()));
    }

    /** Calls of a method by its owner and name, whatever its arguments. */
    private static DescribedPredicate<JavaCall<?>> calls(String... methods) {
        Set<String> set = Set.of(methods);
        return describe(
                "is one of " + set,
                call -> set.contains(
                        call.getTargetOwner().getName() + "." + call.getTarget().getName()));
    }

    /** What owns its process: the command lines of the server and of the tools, and the benchmarks, which no server loads. */
    private static DescribedPredicate<JavaClass> aProgram() {
        return describe(
                "a program of its own",
                type -> MAINS.contains(type.getName().replaceFirst("\\$.*", ""))
                        || within(type.getPackageName(), "io.zookit.benchmarks"));
    }

    private static boolean ownThreads(JavaCall<?> call) {
        boolean factory = call.getTarget().getRawParameterTypes().stream()
                .anyMatch(type -> type.isAssignableTo(ThreadFactory.class)
                        || type.getName().equals("java.util.concurrent.Executor"));
        String owner = call.getTargetOwner().getName();
        String name = call.getTarget().getName();
        return !factory
                && (owner.equals("java.util.concurrent.Executors") && name.startsWith("new")
                        || owner.equals("java.util.concurrent.CompletableFuture") && name.endsWith("Async"));
    }

    private static ArchCondition<JavaField> holdAnImmutableValue() {
        List<String> changing = Arrays.asList(
                "java.util.ArrayList",
                "java.util.ArrayDeque",
                "java.util.HashMap",
                "java.util.HashSet",
                "java.util.LinkedHashMap",
                "java.util.TreeMap",
                "java.util.BitSet",
                "java.util.EnumMap",
                "java.util.Random",
                "java.util.zip.CRC32",
                "java.util.zip.CRC32C",
                "java.lang.StringBuilder",
                "java.lang.ThreadLocal",
                "java.nio.ByteBuffer");
        return new ArchCondition<>("hold an immutable value") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                JavaClass type = field.getRawType();
                boolean concurrent = type.getPackageName().startsWith("java.util.concurrent")
                        && !type.getName().equals("java.util.concurrent.TimeUnit");
                // A private array can be a table; one that others see can be written by them.
                boolean openArray = type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE);
                if (concurrent || openArray || changing.contains(type.getName())) {
                    events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is a " + type.getName()));
                }
            }
        };
    }
}
