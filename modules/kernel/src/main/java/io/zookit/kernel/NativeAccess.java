package io.zookit.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Lets plugins load native libraries exactly where the server itself may: newer Java runtimes warn when code does so that was not
 * named at start, and the modules of a plugin cannot be named there. On runtimes that know no such permission this does nothing.
 */
final class NativeAccess {
    private NativeAccess() {}

    static void passOn(ModuleLayer.Controller controller) {
        try {
            Method enabled = Module.class.getMethod("isNativeAccessEnabled");
            if (Boolean.TRUE.equals(enabled.invoke(NativeAccess.class.getModule()))) {
                Method enable = ModuleLayer.Controller.class.getMethod("enableNativeAccess", Module.class);
                for (Module module : controller.layer().modules()) {
                    enable.invoke(controller, module);
                }
            }
        } catch (NoSuchMethodException before22) {
            return;
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("native access cannot be passed on to plugins", impossible);
        }
    }
}
