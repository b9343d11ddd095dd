package dev.coppice.reposerver.server;

import dev.coppice.core.failure.TreeException;
import dev.coppice.reposerver.web.WebView;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The process: arguments in, exit code out. */
public final class Main {
  private static final int OK = 0;
  private static final int FAILED = 1;

  private Main() {}

  /** Runs the server until a signal ends it. */
  public static void main(String[] args) {
    // Jetty tells its troubles to SLF4J; without a provider that would be announced at each start.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    Runtime.getRuntime().halt(run(List.of(args)));
  }

  private static int run(List<String> arguments) {
    try {
      Options options = Options.parse(arguments);
      serve(settings(options));
      return OK;
    } catch (TreeException e) {
      System.err.println("error: " + e.getMessage());
      System.err.println("  [" + e.code().id() + "]: " + e.nextStep());
      return FAILED;
    } catch (IOException e) {
      System.err.println("error: " + e);
      return FAILED;
    } catch (InterruptedException e) {
      return OK;
    }
  }

  private static ServerSettings settings(Options options) {
    var repos = new ArrayList<ServedRepo>();
    for (String repo : options.all("--repo")) {
      repos.add(ServedRepo.parse(repo));
    }
    if (repos.isEmpty()) {
      throw Options.usage("No repository to serve: --repo is missing");
    }
    var listen = new ArrayList<Listen>();
    for (String address : options.all("--listen")) {
      listen.add(Listen.parse(address, false));
    }
    if (listen.isEmpty()) {
      listen.add(Listen.parse("127.0.0.1:8080", false));
    }
    return new ServerSettings(
        repos, listen, ServerSettings.DEFAULT_CACHE, ServerSettings.DEFAULT_STOP);
  }

  private static void serve(ServerSettings settings) throws IOException, InterruptedException {
    RepoServer server = RepoServer.start(settings, WebView::open);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "stop"));
    for (URI address : server.addresses()) {
      System.out.println("listening on " + address);
    }
    server.join();
  }

  private static void end(RepoServer server) {
    int code = OK;
    try {
      server.close();
    } catch (IOException e) {
      System.err.println("error: while stopping: " + e);
      code = FAILED;
    }
    // Asked to end and ended: that is success, and not 128 plus the signal's number.
    Runtime.getRuntime().halt(code);
  }
}
