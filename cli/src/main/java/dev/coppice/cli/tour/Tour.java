package dev.coppice.cli.tour;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.frame.Context;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of the tour. */
final class Tour {
  private static final String REF = "tour/x86_64/stable";
  private static final String REMOTE = "vendor";

  private final Path directory;
  private final Context context;
  private final Console console;
  private final CommandRunner runner;
  private final String repo;
  private final String sysroot;

  Tour(Path directory, Context context, CommandRunner runner) {
    this.directory = directory;
    this.context = context;
    this.console = context.console();
    this.runner = runner;
    this.repo = "--repo=" + directory.resolve("repo");
    this.sysroot = "--sysroot=" + directory.resolve("sysroot");
  }

  /** Runs all steps; stops with the exit code of the first one that fails. */
  int run() throws IOException, InterruptedException {
    try {
      TourKeys keys = publishFirst();
      try (Served served = serve()) {
        install(served, keys);
        change();
        upgrade(keys);
      }
      rollBack();
      return 0;
    } catch (StepFailedException e) {
      console.error("The tour stopped: 'coppice " + e.line + "' ended with " + e.exit);
      return e.exit;
    }
  }

  private TourKeys publishFirst() throws IOException, InterruptedException {
    tell("A build machine has made an operating system: a tree of files with a kernel.");
    TourTree.write(directory.resolve("v1"), 1);
    tell("It becomes a commit in a repository: every file is stored once, named by its checksum.");
    tell("A key signs it, so that hosts take it from nobody else.");
    TourKeys keys = TourKeys.make(directory.resolve("keys"));
    coppice(repo, "init", "--mode=archive");
    commit("v1", "1", keys);
    coppice(repo, "summary", "-u");
    coppice(repo, "ls", REF, "/usr/lib/modules");
    coppice(repo, "log", REF);
    return keys;
  }

  /** Where hosts find the repository, until it is closed. */
  private record Served(String url, Optional<TourServer> server) implements AutoCloseable {
    @Override
    public void close() {
      server.ifPresent(TourServer::close);
    }
  }

  private Served serve() throws IOException {
    Path served = directory.resolve("repo");
    Optional<Path> program = TourServer.program(context.environment());
    if (program.isEmpty()) {
      tell("The repository server is not installed here: the host reads the directory itself.");
      return new Served("file://" + served, Optional.empty());
    }
    tell("A server gives it to whoever asks; a browser shows what is in it.");
    TourServer server = TourServer.start(program.get(), served);
    console.print("$ coppice-repo-server --repo=" + served + " --listen=127.0.0.1:0 &\n");
    console.print("listening on " + server.address() + "\n");
    return new Served(server.address(), Optional.of(server));
  }

  private void install(Served served, TourKeys keys) throws IOException, InterruptedException {
    tell("A host gets an empty system root, and is told where the vendor is, and its key.");
    Path root = directory.resolve("sysroot");
    console.print("$ mkdir " + root + "\n");
    Files.createDirectory(root);
    coppice("admin", "init-fs", "--epoch=1", root.toString());
    coppice("admin", sysroot, "os-init", "tour");
    coppice(
        hostRepo(),
        "remote",
        "add",
        "--no-gpg-verify",
        "--sign-verify=ed25519=file:" + keys.open(),
        REMOTE,
        served.url());
    tell("It pulls the commit, and deploys it with hard links.");
    coppice(hostRepo(), "pull", REMOTE, REF);
    coppice("admin", sysroot, "deploy", "--os=tour", "--karg=root=LABEL=tour", remoteRef());
    coppice("admin", sysroot, "status");
    tell("The boot loader finds this entry:");
    print(directory.resolve("sysroot/boot/loader/entries/ostree-1.conf"));
  }

  private void change() throws IOException, InterruptedException {
    tell("The administrator changes a configuration file.");
    Path motd = deployment(directory.resolve("sysroot")).resolve("etc/motd");
    Files.writeString(motd, "Property of the tour. Do not feed the daemons.\n");
    coppice("admin", sysroot, "config-diff", "--os=tour");
  }

  private void upgrade(TourKeys keys) throws IOException, InterruptedException {
    tell("Version 2 is published. What is different?");
    TourTree.write(directory.resolve("v2"), 2);
    commit("v2", "2", keys);
    coppice(repo, "diff", REF + "^", REF);
    tell("Hosts that have version 1 get a static delta: one small file instead of many objects.");
    coppice("deltas", "publish", repo, "--last=1");
    tell("The host fetches only that, and deploys it beside version 1: what runs is untouched.");
    coppice(hostRepo(), "pull", "--require-static-deltas", REMOTE, REF);
    coppice("admin", sysroot, "deploy", "--os=tour", remoteRef());
    coppice("admin", sysroot, "status");
    tell("The changed file came along, what the vendor added is new:");
    print(newest(directory.resolve("sysroot")).resolve("etc/motd"));
    print(newest(directory.resolve("sysroot")).resolve("etc/goodbye.conf"));
  }

  private void rollBack() throws IOException, InterruptedException {
    tell("Version 2 does not please. One step back, and version 1 is the default again:");
    coppice("admin", sysroot, "rollback");
    coppice("admin", sysroot, "status");
    tell("And everything is still whole:");
    coppice(hostRepo(), "fsck");
  }

  private String hostRepo() {
    return "--repo=" + directory.resolve("sysroot/ostree/repo");
  }

  private static String remoteRef() {
    return REMOTE + ":" + REF;
  }

  private void commit(String tree, String version, TourKeys keys)
      throws IOException, InterruptedException {
    coppice(
        repo,
        "commit",
        "--branch=" + REF,
        "--subject=Tour OS " + version,
        "--add-metadata-string=version=" + version,
        "--sign-from-file=" + keys.secret(),
        "--tree=dir=" + directory.resolve(tree));
  }

  /** The deployment of version 1: the only one so far. */
  private static Path deployment(Path sysroot) throws IOException {
    return deployments(sysroot).getFirst();
  }

  /** The deployment that has the newer kernel. */
  private static Path newest(Path sysroot) throws IOException {
    for (Path deployment : deployments(sysroot)) {
      if (Files.exists(deployment.resolve("usr/bin/goodbye"))) {
        return deployment;
      }
    }
    throw new IOException("no deployment of version 2 below " + sysroot);
  }

  private static List<Path> deployments(Path sysroot) throws IOException {
    var found = new ArrayList<Path>();
    Path parent = sysroot.resolve("ostree/deploy/tour/deploy");
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry)) {
          found.add(entry);
        }
      }
    }
    return found;
  }

  /** Prints a remark. */
  void tell(String text) throws IOException {
    console.print("\n# " + text + "\n");
  }

  private void print(Path file) throws IOException {
    console.print("$ cat " + file + "\n");
    console.print(Files.readString(file));
  }

  private void coppice(String... arguments) throws IOException, InterruptedException {
    List<String> line = List.of(arguments);
    String shown = String.join(" ", line.stream().map(Tour::quoted).toList());
    console.print("$ coppice " + shown + "\n");
    console.flush();
    int exit = runner.run(line, context);
    if (exit != 0) {
      throw new StepFailedException(shown, exit);
    }
  }

  private static String quoted(String argument) {
    return argument.indexOf(' ') < 0 && argument.indexOf('^') < 0 ? argument : "'" + argument + "'";
  }

  private static final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String line;
    private final int exit;

    StepFailedException(String line, int exit) {
      super(line);
      this.line = line;
      this.exit = exit;
    }
  }
}
