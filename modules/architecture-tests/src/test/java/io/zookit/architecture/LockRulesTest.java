package io.zookit.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Finds {@code synchronized} in the bytecode, where a block of it leaves no other trace. */
class LockRulesTest {
    /** Reason: replicated state has one writer. A lock in it says that somebody did not believe that. */
    @Test
    void pureModulesHaveNoLock() {
        List<String> violations = new ArrayList<>();
        for (Part module : House.here().pureModules()) {
            for (Path file : House.filesBelow(module.classes(), ".class")) {
                scan(file, violations);
            }
        }
        assertTrue(violations.isEmpty(), () -> String.join("\n", violations));
    }

    /** Reason: a rule that sees nothing holds always. */
    @Test
    void bothFormsOfALockAreSeen() throws URISyntaxException {
        List<String> violations = new ArrayList<>();
        scan(Path.of(Locked.class.getResource("LockRulesTest$Locked.class").toURI()), violations);
        assertEquals(2, violations.size(), violations::toString);
    }

    private static void scan(Path file, List<String> violations) {
        reader(file).accept(new Locks(file, violations), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    private static ClassReader reader(Path file) {
        try {
            return new ClassReader(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What must not be found in a pure module. */
    private static final class Locked {
        private int value;

        synchronized void method() {
            value++;
        }

        void block() {
            synchronized (this) {
                value++;
            }
        }
    }

    private static final class Locks extends ClassVisitor {
        private final Path file;
        private final List<String> violations;

        Locks(Path file, List<String> violations) {
            super(Opcodes.ASM9);
            this.file = file;
            this.violations = violations;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                violations.add(file + " " + name + " is synchronized");
            }
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.MONITORENTER) {
                        violations.add(file + " " + name + " has a synchronized block");
                    }
                }
            };
        }
    }
}
