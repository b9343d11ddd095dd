package dev.coppice.cli.repo;

import dev.coppice.testdata.Programs;
import dev.coppice.testdata.RealOstree;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A repository that the real ostree made, with something of everything that can be shown. */
final class SampleRepo {
  private final Path repo;
  private final RealOstree real;

  private SampleRepo(RealOstree real, Path repo) {
    this.real = real;
    this.repo = repo;
  }

  /** Makes it as {@code repo} in a directory. */
  static SampleRepo make(RealOstree real, TempTree temp, String mode) {
    Path tree =
        temp.tree("tree")
            .file("file", "content")
            .mode(0755)
            .symlink("link", "file")
            .dir("dir")
            .file("dir/other", "x".repeat(5000))
            .root();
    var sample = new SampleRepo(real, temp.path("repo"));
    sample.real.on(sample.repo, "init", "--mode=" + mode);
    String[] kinds = {
      "--add-metadata-string=version=1.2",
      "--add-metadata=number=uint32 5",
      "--add-metadata=bytes=[byte 0x01, 0xff]",
      "--add-metadata=text=b\"abc\"",
      "--add-metadata=many=[\"a\", \"b\"]",
      "--add-metadata=pair=(true, int64 -3)",
      "--add-detached-metadata-string=later=value",
      "--generate-sizes"
    };
    sample.commit(tree, "main", 0, "", "", kinds);
    sample.commit(tree, "main", 99_999_999_999L, "two\nlines", "body\nmore\n\nend\n");
    sample.commit(tree, "main", 1, "x", "no end of line", "--no-bindings");
    sample.commit(tree, "os/x86/base", 1_600_000_000, "Grüße ☃", "");
    sample.real.on(sample.repo, "refs", "--create=os/x86/other", "main");
    sample.real.on(sample.repo, "refs", "--create=upstream:os/stable", "main^");
    sample.real.on(sample.repo, "refs", "--alias", "--create=current", "os/x86/base");
    sample.real.on(sample.repo, "refs", "-c", "--create=org.example.Os:stable", "main^");
    return sample;
  }

  private void commit(
      Path tree, String branch, long time, String subject, String body, String... more) {
    List<String> words = new ArrayList<>(List.of("commit", "--branch=" + branch));
    words.addAll(List.of("--subject=" + subject, "--body=" + body, "--timestamp=@" + time));
    words.addAll(List.of("--owner-uid=0", "--owner-gid=0", "--no-xattrs"));
    words.addAll(List.of(more));
    words.add(tree.toString());
    real.on(repo, words.toArray(String[]::new));
  }

  /** The repository. */
  Path path() {
    return repo;
  }

  /** Names of objects for command lines. */
  Map<String, String> values() throws IOException {
    var values = new HashMap<String, String>();
    String first = real.on(repo, "rev-parse", "main^^");
    values.put("first", first);
    values.put("short", first.substring(0, 12));
    values.put("second", real.on(repo, "rev-parse", "main^"));
    values.put("zeros", "0".repeat(64));
    for (Path object : objects("")) {
      String name = object.toString().replace("/", "");
      int dot = name.indexOf('.');
      values.put(name.substring(dot + 1), name.substring(0, dot));
      values.put(name.substring(dot + 1) + "-path", "objects/" + object);
    }
    return values;
  }

  /** Files of objects with names that end so, relative to their directory. */
  List<Path> objects(String end) throws IOException {
    Path directory = repo.resolve("objects");
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .map(directory::relativize)
          .filter(file -> file.toString().endsWith(end))
          .sorted()
          .toList();
    }
  }

  /** Copies the repository. */
  void copyTo(Path target) {
    Programs.run("cp", "-a", repo.toString(), target.toString()).ok();
  }
}
