package dev.coppice.reposerver.observe;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log of requests, written by a thread of its own: a disk that is slow or full delays nobody.
 * When the file is renamed or removed, as programs that rotate logs do, the next line goes into a
 * new one.
 */
public final class AccessLog implements AutoCloseable {
  /** Lines that may wait to be written; more are dropped and counted. */
  private static final int WAITING = 65_536;

  private static final long LOOK_MILLIS = 500;

  private final Optional<Path> file;
  private final LogFormat format;
  private final Consumer<String> report;
  private final BlockingQueue<Served> queue = new ArrayBlockingQueue<>(WAITING);
  private final LongAdder dropped = new LongAdder();
  private final Thread writer;
  private volatile boolean closing;
  private @Nullable OutputStream out;
  private @Nullable Object fileKey;
  private boolean failing;

  private AccessLog(Optional<Path> file, LogFormat format, Consumer<String> report) {
    this.file = file;
    this.format = format;
    this.report = report;
    this.writer = new Thread(this::write, "access-log");
    writer.setDaemon(true);
  }

  /**
   * Opens a log.
   *
   * @param file where to append; empty for standard output
   * @param report takes messages for the operator
   */
  public static AccessLog open(Optional<Path> file, LogFormat format, Consumer<String> report)
      throws IOException {
    var log = new AccessLog(file, format, report);
    log.reopen();
    log.writer.start();
    return log;
  }

  /** Has a request logged, later. */
  public void add(Served served) {
    if (!queue.offer(served)) {
      dropped.increment();
    }
  }

  /** Lines that were lost because the disk was too slow. */
  public long dropped() {
    return dropped.sum();
  }

  private void write() {
    var batch = new ArrayList<Served>();
    while (true) {
      try {
        Served first = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (first == null && closing) {
          return;
        }
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, 1023);
          append(batch);
        }
        batch.clear();
      } catch (InterruptedException e) {
        // close() says so as well; what waits is written first
      }
    }
  }

  private void append(List<Served> batch) {
    var text = new StringBuilder();
    for (Served served : batch) {
      text.append(format.line(served)).append('\n');
    }
    try {
      reopen();
      OutputStream stream = out;
      if (stream != null) {
        stream.write(text.toString().getBytes(StandardCharsets.UTF_8));
        stream.flush();
      }
      failing = false;
    } catch (IOException e) {
      dropped.add(batch.size());
      if (!failing) {
        failing = true;
        report.accept("error: cannot write the access log: " + e.getMessage());
      }
    }
  }

  private void reopen() throws IOException {
    if (file.isEmpty()) {
      out = out == null ? new FileOutputStream(FileDescriptor.out) : out;
      return;
    }
    Path path = file.get();
    if (out != null && Files.exists(path) && key(path).equals(fileKey)) {
      return;
    }
    if (out != null) {
      out.close();
      out = null;
    }
    out = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    fileKey = key(path);
  }

  private static Object key(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path : key;
  }

  /** Writes what waits and closes the file. */
  @Override
  public void close() throws IOException {
    closing = true;
    try {
      writer.interrupt();
      writer.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    OutputStream stream = out;
    if (stream != null && file.isPresent()) {
      stream.close();
    }
  }
}
