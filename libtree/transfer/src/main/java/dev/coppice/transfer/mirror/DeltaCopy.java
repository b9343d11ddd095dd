package dev.coppice.transfer.mirror;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import dev.coppice.posix.Fs;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.Superblock;
import dev.coppice.transfer.delta.SuperblockFile;
import dev.coppice.transfer.fetch.FetchRequest;
import dev.coppice.transfer.remote.RemoteAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings static deltas over as files: the superblock, whose checksum the summary has, and the
 * parts, whose checksums the superblock has. A delta becomes visible as a whole.
 */
final class DeltaCopy {
  private static final int CHUNK = 1 << 16;

  private final Repo repo;
  private final RemoteAccess access;
  private final AtomicLong bytes = new AtomicLong();

  DeltaCopy(Repo repo, RemoteAccess access) {
    this.repo = repo;
    this.access = access;
  }

  /** Bytes of their files. */
  long bytes() {
    return bytes.get();
  }

  /**
   * The deltas that lead to some commits and are not here.
   *
   * @param listed names and checksums of superblocks, as a summary has them
   */
  List<Map.Entry<DeltaName, Checksum>> missing(
      SortedMap<String, Checksum> listed, Set<Checksum> targets) throws IOException {
    var missing = new ArrayList<Map.Entry<DeltaName, Checksum>>();
    for (Map.Entry<String, Checksum> each : listed.entrySet()) {
      var delta = DeltaName.ofKey(each.getKey());
      if (delta.isPresent()
          && targets.contains(delta.get().to())
          && !isHere(delta.get(), each.getValue())) {
        missing.add(Map.entry(delta.get(), each.getValue()));
      }
    }
    return missing;
  }

  private boolean isHere(DeltaName delta, Checksum superblock) throws IOException {
    try {
      byte[] here = Files.readAllBytes(repo.path().resolve(delta.superblock()));
      return Checksum.sha256(here).equals(superblock);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Brings deltas over, several at a time. */
  void run(List<Map.Entry<DeltaName, Checksum>> deltas) throws IOException {
    Workers.each(
        deltas.size(), number -> copy(deltas.get(number).getKey(), deltas.get(number).getValue()));
  }

  private void copy(DeltaName delta, Checksum expected) throws IOException {
    byte[] superblock =
        access
            .fetcher()
            .fetchBytes(new FetchRequest(access.content(), delta.superblock(), Superblock.MAX_SIZE))
            .orElseThrow(() -> wrong(delta, "is in the summary, but not on the server"));
    if (!Checksum.sha256(superblock).equals(expected)) {
      throw wrong(delta, "is not what the summary says");
    }
    Path temporary = Files.createTempDirectory(repo.path().resolve("tmp"), "delta-");
    try {
      List<Optional<Checksum>> parts = separateParts(delta, superblock);
      long size = superblock.length;
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i).isPresent()) {
          Path file = temporary.resolve(Integer.toString(i));
          size += fetchPart(delta, i, parts.get(i).get(), file);
        }
      }
      Files.write(temporary.resolve("superblock"), superblock);
      publish(delta, temporary);
      bytes.addAndGet(size);
    } finally {
      Fs.removeTree(repo.descriptor(), "tmp/" + temporary.getFileName());
    }
  }

  /** Checksums of the parts; an entry is empty where the part is inside the superblock. */
  private static List<Optional<Checksum>> separateParts(DeltaName delta, byte[] bytes) {
    Superblock superblock = SuperblockFile.decode(bytes).superblock();
    superblock.requireName(delta);
    var parts = new ArrayList<Optional<Checksum>>();
    for (PartHeader part : superblock.parts()) {
      boolean inline = superblock.hasInlinePart(parts.size());
      parts.add(inline ? Optional.empty() : Optional.of(part.checksum()));
    }
    return parts;
  }

  private long fetchPart(DeltaName delta, int number, Checksum expected, Path file)
      throws IOException {
    var request = new FetchRequest(access.content(), delta.part(number), 0);
    return access
        .fetcher()
        .fetch(
            request,
            body -> {
              MessageDigest digest = Checksum.newDigest();
              long size = save(body.content(), file, digest);
              if (!Checksum.of(digest.digest()).equals(expected)) {
                throw wrong(delta, "has a damaged part " + number);
              }
              return size;
            })
        .orElseThrow(() -> wrong(delta, "lacks part " + number));
  }

  private static long save(InputStream content, Path file, MessageDigest digest)
      throws IOException {
    long size = 0;
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
        digest.update(chunk, 0, count);
        out.write(chunk, 0, count);
        size += count;
      }
    }
    return size;
  }

  private void publish(DeltaName delta, Path temporary) throws IOException {
    String directory = delta.directory();
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    Fs.mkdirs(repo.descriptor(), directory.substring(0, directory.lastIndexOf('/')), 0755);
    String from = "tmp/" + temporary.getFileName();
    if (!Fs.renameNoReplace(repo.descriptor(), from, repo.descriptor(), directory)) {
      // Its upstream made it anew. What was here goes with the temporary directory.
      Fs.renameExchange(repo.descriptor(), from, repo.descriptor(), directory);
    }
  }

  private static Failure wrong(DeltaName delta, String what) {
    return new Failure(
        ErrorCode.OBJECT_CORRUPT,
        "Static delta " + delta.key() + " " + what,
        "It may be being replaced: mirror again. If it stays so, mirror without deltas and tell the"
            + " publisher.");
  }
}
