import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Puts the distribution together: jars, launchers, manual pages, completions, AOT cache.
 *
 * <p>Run by Maven in the package phase, on the JDK of the toolchain, as a single source file.
 * Arguments: the root of the checkout, the command line's jar, the directory of the jars that it
 * needs, the directory to make.
 */
class Assemble {
  /**
   * The training run: only with G1 does the cache get heap objects, without which classes are not
   * linked in advance. The Serial collector can load them. All compilers: a run that was trained
   * with the quick one alone never lets the good one have the methods that were recorded, and
   * SHA-256 is ten times slower then.
   */
  private static final String TRAINING = "-XX:+UseG1GC -Xmx256m";

  /** Most of a short command's code runs only a few times: compiling it does not pay. */
  private static final String SHORT =
      "-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=4 -XX:+UseSerialGC -Xmx256m";

  /** System calls by the ten thousand from little code: compile that at once, and only quickly. */
  private static final String CALLS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m";

  private static final String LONG = "-XX:+UseSerialGC -Xmx192m";

  /** Long arrays, which are of no use in the space for new objects. */
  private static final String HEAVY = "-XX:+UseSerialGC -Xmx360m -Xmn40m";

  /**
   * Half of a pull is in the kernel and in libdeflate, and most of the rest is code that runs some
   * ten thousand times: not often enough to be worth what the good compiler takes for it. What
   * hashes is.
   */
  private static final String NETWORK =
      LONG
          + " -XX:Tier4InvocationThreshold=30000 -XX:Tier4MinInvocationThreshold=6000"
          + " -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=300000";

  private static final String SERVER = "-XX:+UseG1GC -Xmx512m";

  private final Path root;
  private final Path jar;
  private final Path libraries;
  private final Path dist;
  private final Path lib;

  private Assemble(String[] args) {
    root = Path.of(args[0]).toAbsolutePath().normalize();
    jar = Path.of(args[1]);
    libraries = Path.of(args[2]);
    dist = Path.of(args[3]).toAbsolutePath();
    lib = dist.resolve("lib");
  }

  public static void main(String[] args) throws Exception {
    new Assemble(args).run();
  }

  private void run() throws Exception {
    delete(dist);
    Files.createDirectories(lib);
    copyAll(libraries, ".jar", lib);
    Files.copy(jar, lib.resolve(jar.getFileName()));
    copyAll(root.resolve("man"), ".1", dist.resolve("share/man/man1"));
    copyAll(root.resolve("man"), ".5", dist.resolve("share/man/man5"));
    copyAll(root.resolve("man"), ".8", dist.resolve("share/man/man8"));
    String cache = "coppice-" + hash() + ".aot";
    for (String name : List.of("coppice", "ostree")) {
      launcher(name, cache);
    }
    repoServer();
    beside(root.resolve("libtree/s3/target"), lib.resolve("s3"));
    train(lib.resolve(cache));
    for (String name : List.of("coppice", "ostree")) {
      complete(name, "bash", "share/bash-completion/completions/" + name);
      complete(name, "zsh", "share/zsh/site-functions/_" + name);
      complete(name, "fish", "share/fish/vendor_completions.d/" + name + ".fish");
    }
  }

  /** Of the JVM and of every jar: a cache is good for nothing else. */
  private String hash() throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(System.getProperty("java.vm.version").getBytes());
    for (Path path : list(lib, ".jar")) {
      digest.update(path.getFileName().toString().getBytes());
      digest.update(Files.readAllBytes(path));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  /**
   * The repository server. What it needs beyond the command line is in a directory of its own, so
   * that neither the class path nor the cache of the command line grow.
   */
  private void repoServer() throws IOException {
    beside(root.resolve("repo-server/target"), lib.resolve("repo-server"));
    copyAll(root.resolve("repo-server/src/dist"), ".service", dist.resolve("share/systemd/system"));
    script("coppice-repo-server", script("server.sh").replace("@OPTIONS@", SERVER));
  }

  /**
   * A room's jar and libraries in a directory of their own, without those that are here already.
   */
  private void beside(Path target, Path own) throws IOException {
    copyAll(target, ".jar", own);
    copyAll(target.resolve("dist-lib"), ".jar", own);
    for (Path shared : list(lib, ".jar")) {
      Files.deleteIfExists(own.resolve(shared.getFileName()));
    }
  }

  /** The common beginning of launchers, and the end of one. */
  private String script(String end) throws IOException {
    Path source = root.resolve("cli/src/dist");
    return (Files.readString(source.resolve("launcher.sh")) + Files.readString(source.resolve(end)))
        .replace("@JAVA_HOME@", System.getProperty("java.home"));
  }

  private void launcher(String name, String cache) throws IOException {
    String script =
        script("command.sh")
            .replace("@RUNTIME@", "\"" + Runtime.version() + "\"")
            .replace("@JAR@", jar.getFileName().toString())
            .replace("@CACHE@", cache)
            .replace("@SHORT@", "'" + SHORT + "'")
            .replace("@CALLS@", "'" + CALLS + "'")
            .replace("@NETWORK@", "'" + NETWORK + "'")
            .replace("@HEAVY@", "'" + HEAVY + "'")
            .replace("@LONG@", "'" + LONG + "'");
    script(name, script);
  }

  private void script(String name, String script) throws IOException {
    Path file = dist.resolve("bin").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void train(Path cache) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("coppice-training");
    Path log = Files.createTempFile("coppice-training", ".log");
    Process server = null;
    try {
      Path golden = root.resolve("testdata/src/main/resources/golden/archive.tar.gz");
      Path repo = Files.createDirectory(work.resolve("golden"));
      run(
          new ProcessBuilder("tar", "-xzf", golden.toString(), "-C", repo.toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile()),
          log);
      server = serve(repo);
      List<String> line = new ArrayList<>();
      line.add(java());
      line.addAll(List.of(TRAINING.split(" ")));
      line.add("-XX:AOTCacheOutput=" + cache);
      line.addAll(List.of("-Xlog:disable", "-XX:-UsePerfData"));
      line.addAll(List.of("-cp", lib.resolve(jar.getFileName()).toString()));
      line.add("dev.coppice.cli.Training");
      line.add(root.resolve("cli/src/dist/training.txt").toString());
      line.add(address(server));
      run(
          new ProcessBuilder(line)
              .directory(work.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile()),
          log);
    } finally {
      if (server != null) {
        server.destroy();
        server.waitFor();
      }
      delete(work);
      Files.deleteIfExists(log);
    }
    if (!Files.exists(cache)) {
      throw new IOException("no AOT cache was made: " + cache);
    }
  }

  /** The server of the distribution, for what pulls in the training. */
  private Process serve(Path repo) throws IOException {
    return new ProcessBuilder(
            dist.resolve("bin/coppice-repo-server").toString(),
            "--repo=" + repo,
            "--listen=127.0.0.1:0")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String address(Process server) throws IOException {
    String said = server.inputReader().readLine();
    if (said == null || !said.startsWith("listening on ")) {
      throw new IOException("the repository server did not start: " + said);
    }
    return said.substring("listening on ".length());
  }

  private void complete(String name, String shell, String target) throws Exception {
    Path file = dist.resolve(target);
    Files.createDirectories(file.getParent());
    var line =
        List.of(
            java(),
            "-jar",
            lib.resolve(jar.getFileName()).toString(),
            "completion",
            "--program=" + name,
            shell);
    run(
        new ProcessBuilder(line)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(file.toFile()),
        file);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void run(ProcessBuilder builder, Path output)
      throws IOException, InterruptedException {
    int code = builder.start().waitFor();
    if (code != 0) {
      System.err.print(Files.readString(output));
      throw new IOException("ended with " + code + ": " + String.join(" ", builder.command()));
    }
  }

  private static List<Path> list(Path directory, String suffix) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static void copyAll(Path from, String suffix, Path to) throws IOException {
    for (Path file : list(from, suffix)) {
      Files.createDirectories(to);
      Path copy = to.resolve(file.getFileName());
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      if (suffix.equals(".jar")) {
        unseal(copy);
      }
    }
  }

  /**
   * Takes the seal off a jar. Classes that come out of the AOT cache define their package without
   * it, and the next class of the package that comes out of the jar is refused as a violation.
   */
  private static void unseal(Path jar) throws IOException {
    Path other = jar.resolveSibling(jar.getFileName() + ".unsealed");
    try (JarFile sealed = new JarFile(jar.toFile())) {
      Manifest manifest = sealed.getManifest();
      if (manifest == null || manifest.getMainAttributes().remove(Attributes.Name.SEALED) == null) {
        return;
      }
      try (var out = new JarOutputStream(Files.newOutputStream(other), manifest)) {
        for (JarEntry entry : Collections.list(sealed.entries())) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            sealed.getInputStream(entry).transferTo(out);
          }
        }
      }
    }
    Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException failure)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
