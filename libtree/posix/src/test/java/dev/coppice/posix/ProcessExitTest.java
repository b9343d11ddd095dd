package dev.coppice.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessExitTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "call"})
  void endsWithTheCodeAndNoHooks(String what) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName(),
                what)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor(Duration.ofSeconds(60))).isTrue();
    assertThat(process.inputReader().lines().toList()).isEqualTo(List.of("before"));
    assertThat(process.exitValue()).isEqualTo(7);
  }

  /** A process that ends, with threads that go on. */
  static final class Ending {
    public static void main(String[] args) throws Exception {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
      new Thread(() -> await()).start();
      if (args[0].equals("call")) {
        Fs.stat(Fd.CWD, ".");
      }
      System.out.println("before");
      ProcessExit.now(7);
      System.out.println("after");
    }

    private static void await() {
      try {
        TimeUnit.MINUTES.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
