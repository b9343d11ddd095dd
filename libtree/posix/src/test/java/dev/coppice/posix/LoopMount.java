package dev.coppice.posix;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small file system of its own below a sandbox; needs root, mkfs and loop devices. */
final class LoopMount implements AutoCloseable {
  final Fd dir;
  private final String place;

  private LoopMount(String place) throws IOException {
    this.place = place;
    this.dir = Fs.openDir(Fd.CWD, place);
  }

  /** Makes and mounts one, or returns null when this machine cannot. */
  static @Nullable LoopMount create(Sandbox sandbox, long size, String... mkfs)
      throws IOException, InterruptedException {
    var image = sandbox.resolve("image");
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(size);
    }
    var place = Files.createDirectory(sandbox.resolve("mount")).toString();
    var command = new ArrayList<>(List.of(mkfs));
    command.add(image.toString());
    boolean mounted =
        Sandbox.run(command.toArray(String[]::new))
            && Sandbox.run("mount", "-o", "loop", image.toString(), place);
    return mounted ? new LoopMount(place) : null;
  }

  @Override
  public void close() throws IOException {
    dir.close();
    try {
      if (!Sandbox.run("umount", place)) {
        throw new IOException("cannot unmount " + place);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
