package dev.coppice.transfer.publish;

import dev.coppice.core.repo.Repo;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.transfer.publish.PublishFile.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory that rsync reaches, over ssh or at a daemon. What is there is listed once; then the
 * files that are missing are named to rsync, which puts each in place as a whole.
 */
public final class RsyncTarget implements PublishTarget {
  /** A line of {@code --list-only}: permissions, size, date, time, path. */
  private static final Pattern FILE = Pattern.compile("-\\S+ +([0-9]+) [0-9/]{10} [0-9:]{8} (.+)");

  private static final List<String> ATTRIBUTES =
      List.of("--times", "--perms", "--chmod=D0755,F0644");

  private final Path repo;
  private final RsyncAddress address;
  private final Rsync rsync;
  private final Path scratch;
  private final Map<String, Optional<byte[]>> known = new HashMap<>();
  private final NavigableMap<String, Long> listing = new TreeMap<>();
  private boolean listed;
  private boolean there;

  private RsyncTarget(Path repo, RsyncAddress address, Path scratch) {
    this.repo = repo;
    this.address = address;
    this.rsync = new Rsync(address);
    this.scratch = scratch;
  }

  /** Opens a target; empty when the text is no address of rsync. */
  public static Optional<PublishTarget> open(Repo repo, String text) throws IOException {
    Optional<RsyncAddress> address = RsyncAddress.parse(text);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    Path scratch = Files.createTempDirectory("coppice-rsync-");
    Files.createDirectory(scratch.resolve("empty"));
    return Optional.of(new RsyncTarget(repo.path().toAbsolutePath(), address.get(), scratch));
  }

  @Override
  public String name() {
    // A password would be in front of the host.
    return address.place().replaceFirst("://[^@/]*@", "://");
  }

  @Override
  public synchronized Map<String, Long> list(String directory) throws IOException {
    if (!listed) {
      List<String> arguments = List.of("--list-only", "--recursive", "--", address.place() + "/");
      there = rsync.run(arguments, List.of(), this::noteListed) == Rsync.Outcome.DONE;
      listed = true;
    }
    // '0' follows '/' in the order of characters.
    return Map.copyOf(listing.subMap(directory + "/", directory + "0"));
  }

  private void noteListed(String line) {
    Matcher file = FILE.matcher(line);
    if (file.matches()) {
      listing.put(file.group(2), Long.parseLong(file.group(1)));
    }
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    list("refs");
    if (!listing.containsKey(path)) {
      return Optional.empty();
    }
    Optional<byte[]> before = known.get(path);
    if (before != null) {
      return before;
    }
    Path copy = Files.createDirectories(scratch.resolve("read")).resolve("file");
    rsync.run(
        List.of("--ignore-times", "--", address.place() + "/" + path, copy.toString()),
        List.of(),
        line -> {});
    Optional<byte[]> bytes = Optional.of(Files.readAllBytes(copy));
    known.put(path, bytes);
    return bytes;
  }

  @Override
  public List<PublishFile> differing(List<PublishFile> files) throws IOException {
    Set<String> other = new HashSet<>();
    copy(files, List.of("--dry-run", "--checksum"), other::add);
    return files.stream().filter(file -> other.contains(file.path())).toList();
  }

  @Override
  public void put(List<PublishFile> files, Consumer<PublishFile> done) throws IOException {
    Map<String, PublishFile> byPath = new HashMap<>();
    files.forEach(file -> byPath.put(file.path(), file));
    // It is known that they differ, so times and sizes need no look.
    var options = new ArrayList<>(List.of("--ignore-times", "--whole-file"));
    options.addAll(ATTRIBUTES);
    if (!there) {
      options.add("--mkpath");
    }
    copy(
        files,
        options,
        path -> {
          PublishFile file = byPath.get(path);
          if (file != null) {
            done.accept(file);
          }
        });
    there = true;
    for (PublishFile file : files) {
      known.remove(file.path());
    }
  }

  /** Names files to rsync, those of the repository and those in memory. */
  private void copy(List<PublishFile> files, List<String> options, Consumer<String> changed)
      throws IOException {
    var inRepo = new ArrayList<String>();
    var inMemory = new ArrayList<String>();
    Path made = scratch.resolve("made");
    for (PublishFile file : files) {
      switch (file.content()) {
        case Content.OfFile _ -> inRepo.add(file.path());
        case Content.OfBytes(byte[] bytes) -> {
          Path path = made.resolve(file.path());
          Files.createDirectories(path.getParent());
          Files.write(path, bytes);
          inMemory.add(file.path());
        }
      }
    }
    named(repo, inRepo, options, changed);
    named(made, inMemory, options, changed);
  }

  private void named(Path root, List<String> names, List<String> options, Consumer<String> changed)
      throws IOException {
    if (names.isEmpty()) {
      return;
    }
    var arguments = new ArrayList<>(options);
    arguments.addAll(List.of("--files-from=-", "--from0", "--out-format=%n"));
    arguments.addAll(List.of("--", root + "/", address.place() + "/"));
    Rsync.Outcome outcome = rsync.run(arguments, names, changed);
    if (outcome == Rsync.Outcome.NOTHING_THERE) {
      throw new IOException("files of " + root + " went away while they were copied");
    }
  }

  @Override
  public void delete(List<String> paths) throws IOException {
    // What is named and not here is deleted there. Directories on the way must be here, though.
    for (String path : paths) {
      Files.createDirectories(scratch.resolve("empty").resolve(path).getParent());
    }
    rsync.run(
        List.of(
            "--delete-missing-args",
            "--files-from=-",
            "--from0",
            "--",
            scratch.resolve("empty") + "/",
            address.place() + "/"),
        paths,
        line -> {});
  }

  @Override
  public void flush() {
    // The other side's own business: rsync cannot ask for it.
  }

  @Override
  public void close() throws IOException {
    Fs.removeTree(Fd.CWD, scratch.toString());
  }
}
