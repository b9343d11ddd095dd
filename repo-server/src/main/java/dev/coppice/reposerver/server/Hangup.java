package dev.coppice.reposerver.server;

import java.lang.reflect.Proxy;

/**
 * What happens on SIGHUP, which would end the JVM otherwise. The only way to a signal is a class
 * that the compiler warns of wherever it is named, so it is called by reflection.
 */
final class Hangup {
  private Hangup() {}

  /** Has an action run on each signal, in a thread of the JVM. */
  static void handle(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                action.run();
                return null;
              });
      Object hangup = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hangup, proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM handles no signals", e);
    }
  }
}
