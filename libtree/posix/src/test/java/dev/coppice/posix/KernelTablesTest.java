package dev.coppice.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of both architectures, whichever this one is. */
class KernelTablesTest {
  private static final Pattern NUMBER =
      Pattern.compile("#define __NR(?:3264)?_(\\w+) (\\d+)\\s*(?:/\\*.*)?");

  @ParameterizedTest
  @CsvSource({
    "amd64,   /usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64, /usr/include/asm-generic/unistd.h"
  })
  void callNumbersAreThoseOfTheKernelHeaders(String architecture, String header) throws Exception {
    assumeTrue(Files.exists(Path.of(header)), header + " is not installed (linux-libc-dev)");
    var known = headerNumbers(Path.of(header));
    var ours = constants(architecture, "CallNumber");
    assertThat(ours).hasSizeGreaterThan(40);
    ours.forEach(
        (name, number) -> {
          // Older headers do not know the newest calls, whose numbers are the same everywhere.
          int expected = known.getOrDefault(name.toLowerCase(Locale.ROOT), number);
          assertThat(number).as(name + " on " + architecture).isEqualTo(expected);
        });
    assertThat(known).containsKeys("openat", "statx", "copy_file_range", "fcntl");
  }

  @Test
  void openFlagsDifferByArchitecture() throws Exception {
    var x86 = constants("amd64", "OpenFlags");
    assertThat(x86).containsEntry("O_DIRECTORY", 0x10000).containsEntry("O_NOFOLLOW", 0x20000);
    assertThat(x86).containsEntry("O_TMPFILE", 020200000);
    var aarch = constants("aarch64", "OpenFlags");
    assertThat(aarch).containsEntry("O_DIRECTORY", 0x4000).containsEntry("O_NOFOLLOW", 0x8000);
    assertThat(aarch).containsEntry("O_TMPFILE", 020040000);
  }

  private static Map<String, Integer> headerNumbers(Path header) throws IOException {
    var numbers = new HashMap<String, Integer>();
    for (var line : Files.readAllLines(header)) {
      var match = NUMBER.matcher(line);
      if (match.matches()) {
        numbers.put(match.group(1), Integer.parseInt(match.group(2)));
      }
    }
    return numbers;
  }

  /** The int constants of a class as another architecture's virtual machine would see them. */
  private static Map<String, Integer> constants(String architecture, String name) throws Exception {
    var before = System.getProperty("os.arch");
    System.setProperty("os.arch", architecture);
    try {
      var type = new FreshClasses().loadClass("dev.coppice.posix." + name);
      var constants = new TreeMap<String, Integer>();
      for (var field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
          field.setAccessible(true);
          constants.put(field.getName(), field.getInt(null));
        }
      }
      return constants;
    } finally {
      System.setProperty("os.arch", before);
    }
  }

  /** Loads this package's classes anew, so that their constants are computed again. */
  private static final class FreshClasses extends ClassLoader {
    FreshClasses() {
      super(KernelTablesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.coppice.posix.")) {
        return super.loadClass(name, resolve);
      }
      var loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (var bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (bytes == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] code = bytes.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException failure) {
        throw new ClassNotFoundException(name, failure);
      }
    }
  }
}
