package dev.coppice.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A temporary directory with its descriptor, removed with everything in it on close. */
final class Sandbox implements AutoCloseable {
  final Path path;
  final Fd dir;

  Sandbox() throws IOException {
    path = Files.createTempDirectory("coppice-posix");
    dir = Fs.openDir(Fd.CWD, path.toString());
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  void write(String name, String content) throws IOException {
    Files.writeString(resolve(name), content);
  }

  String read(String name) throws IOException {
    return Files.readString(resolve(name));
  }

  Fd openReadWrite(String name) throws IOException {
    return Fs.open(dir, name, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
  }

  /** Runs a program; true when it exists and succeeds. */
  static boolean run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(List.of(command))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException missing) {
      return false;
    }
    return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  @Override
  public void close() throws IOException {
    dir.close();
    Fs.removeTreeClearingImmutable(Fd.CWD, path.toString());
  }
}
