package dev.coppice.reposerver.server;

import dev.coppice.core.failure.TreeException;
import dev.coppice.reposerver.observe.IoText;
import dev.coppice.reposerver.web.WebPages;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;

/** The process: arguments in, exit code out. */
public final class Main {
  private static final int OK = 0;
  private static final int FAILED = 1;

  /** An error inside Coppice itself (EX_SOFTWARE of sysexits.h). */
  private static final int DEFECT = 70;

  private Main() {}

  /** Runs the server until a signal ends it. */
  public static void main(String[] args) {
    // Jetty tells its troubles to SLF4J; without a provider that would be announced at each start.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    int code = run(List.of(args), System.out, System.err);
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  private static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      Options options = Options.parse(arguments);
      if (options.has("--help") || options.has("-h")) {
        out.print(Help.TEXT);
      } else if (options.has("--version")) {
        out.println(Help.version());
      } else {
        serve(Settings.of(options), out, err);
      }
      return OK;
    } catch (TreeException e) {
      err.println("error: " + e.getMessage());
      String next = e.nextStep().isEmpty() ? "" : ": " + e.nextStep();
      err.println("  [" + e.code().id() + "]" + next);
      return FAILED;
    } catch (IOException e) {
      err.println("error: " + IoText.of(e));
      return FAILED;
    } catch (InterruptedException e) {
      return OK;
    } catch (RuntimeException e) {
      err.println("error: Defect in Coppice: " + e);
      return DEFECT;
    }
  }

  private static void serve(ServerSettings settings, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    RepoServer server = RepoServer.start(settings, new WebPages(), err::println);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, err), "stop"));
    Hangup.handle(server::reload);
    for (URI address : server.addresses()) {
      out.println("listening on " + address);
    }
    out.flush();
    server.join();
  }

  private static void end(RepoServer server, PrintStream err) {
    int code = OK;
    try {
      server.close();
    } catch (IOException e) {
      err.println("error: while stopping: " + IoText.of(e));
      code = FAILED;
    }
    // Asked to end and ended: that is success, and not 128 plus the signal's number.
    Runtime.getRuntime().halt(code);
  }
}
