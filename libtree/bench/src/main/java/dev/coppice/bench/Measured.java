package dev.coppice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one process took.
 *
 * @param wall seconds
 * @param user seconds of processor time
 * @param system seconds of processor time in the kernel
 * @param peak largest resident size in MB
 */
record Measured(double wall, double user, double system, double peak) {
  /** Runs a command under GNU time, which alone tells the peak of a child. */
  static Measured run(List<String> command) throws IOException, InterruptedException {
    Path figures = Files.createTempFile("bench", ".time");
    Path output = Files.createTempFile("bench", ".out");
    try {
      var timed =
          new ArrayList<>(List.of("/usr/bin/time", "-f", "%U %S %M", "-o", figures.toString()));
      timed.addAll(command);
      long start = System.nanoTime();
      int exit =
          new ProcessBuilder(timed)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .waitFor();
      double wall = (System.nanoTime() - start) / 1e9;
      if (exit != 0) {
        throw new IOException(
            String.join(" ", command) + " ended with " + exit + ": " + Files.readString(output));
      }
      List<String> parts = List.of(Files.readString(figures).strip().split(" "));
      return new Measured(
          wall,
          Double.parseDouble(parts.get(0)),
          Double.parseDouble(parts.get(1)),
          Double.parseDouble(parts.get(2)) / 1024);
    } finally {
      Files.delete(figures);
      Files.delete(output);
    }
  }
}
