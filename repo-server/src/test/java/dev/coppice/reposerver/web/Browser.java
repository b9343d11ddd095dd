package dev.coppice.reposerver.web;

import dev.coppice.testdata.Requirement;
import dev.coppice.testdata.TempTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Chromium without a window, spoken to by its DevTools protocol. Expressions that a test has it
 * evaluate are not bound by a page's policy, what is in the page is.
 */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern SOCKET =
      Pattern.compile("\"webSocketDebuggerUrl\": \"(ws:[^\"]+)\"");
  private static final Pattern VALUE = Pattern.compile("\"value\":\"((?:[^\"\\\\]++|\\\\.)*+)\"");

  private final TempTree temp;
  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final List<String> complaints = new ArrayList<>();
  private final WebSocket socket;
  private int count;

  private Browser(TempTree temp, Process process) throws IOException, InterruptedException {
    this.temp = temp;
    this.process = process;
    socket = client.newWebSocketBuilder().buildAsync(URI.create(page()), new Receiver()).join();
    for (String domain : List.of("Page", "Runtime", "Log")) {
      send(domain + ".enable", "");
    }
  }

  /** A new browser with an empty profile; skips the running test where there is none. */
  static Browser start() throws IOException, InterruptedException {
    Requirement.program("chromium", "chromium");
    var temp = TempTree.create();
    var command =
        List.of(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + temp.root(),
            "--remote-debugging-port=0",
            "about:blank");
    var builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return new Browser(temp, builder.start());
  }

  /** Sets the size of the window, and the colours that its user likes. */
  void look(int width, boolean dark) throws InterruptedException {
    send(
        "Emulation.setDeviceMetricsOverride",
        "\"width\":" + width + ",\"height\":900,\"deviceScaleFactor\":1,\"mobile\":false");
    send(
        "Emulation.setEmulatedMedia",
        "\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\""
            + (dark ? "dark" : "light")
            + "\"}]");
  }

  /** Opens a page and waits until it is there. */
  void open(String url) throws InterruptedException {
    complaints.clear();
    send("Page.navigate", "\"url\":" + quote(url));
    await(message -> message.contains("\"method\":\"Page.loadEventFired\""));
  }

  /** Opens an address that leads to no page; returns what the browser says. */
  String tryOpen(String url) throws InterruptedException {
    return send("Page.navigate", "\"url\":" + quote(url));
  }

  /** The value of an expression, as a text. */
  String evaluate(String expression) throws InterruptedException {
    String answer =
        send("Runtime.evaluate", "\"expression\":" + quote("String(" + expression + ")"));
    Matcher matcher = VALUE.matcher(answer);
    if (answer.contains("\"exceptionDetails\"") || !matcher.find()) {
      throw new AssertionError(answer);
    }
    return unquote(matcher.group(1));
  }

  /** Evaluates what leads to another page, and waits until it is there. */
  void follow(String expression) throws InterruptedException {
    evaluate(expression);
    await(message -> message.contains("\"method\":\"Page.loadEventFired\""));
  }

  /** Presses and releases a key. */
  void press(String key) throws InterruptedException {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      int code = key.equals("Tab") ? 9 : 13;
      send(
          "Input.dispatchKeyEvent",
          "\"type\":\""
              + type
              + "\",\"key\":\""
              + key
              + "\",\"code\":\""
              + key
              + "\",\"windowsVirtualKeyCode\":"
              + code);
    }
  }

  /**
   * What the browser complained of since the page was opened: breaches of policy, missing files.
   */
  List<String> complaints() throws InterruptedException {
    // What was logged before this answer came is in.
    evaluate("1");
    return List.copyOf(complaints);
  }

  private String send(String method, String parameters) throws InterruptedException {
    int id = ++count;
    String text =
        "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + parameters + "}}";
    socket.sendText(text, true).join();
    return await(message -> message.startsWith("{\"id\":" + id + ","));
  }

  private String await(Predicate<String> wanted) throws InterruptedException {
    while (true) {
      @Nullable String message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("the browser does not answer");
      }
      if (message.contains("\"method\":\"Log.entryAdded\"")
          || message.contains("\"method\":\"Runtime.exceptionThrown\"")) {
        complaints.add(message);
      }
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  /** Where the page is spoken to: the browser writes its port into its profile. */
  private String page() throws IOException, InterruptedException {
    Path port = temp.path("DevToolsActivePort");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(port) || Files.readString(port).isEmpty()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new AssertionError("the browser does not start");
      }
      Thread.sleep(20);
    }
    String number = Files.readAllLines(port).getFirst();
    URI list = URI.create("http://127.0.0.1:" + number + "/json/list");
    while (true) {
      String pages =
          client
              .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      Matcher matcher = SOCKET.matcher(pages);
      if (matcher.find()) {
        return matcher.group(1);
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("the browser has no page: " + pages);
      }
      Thread.sleep(20);
    }
  }

  private static String quote(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c > '~') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static String unquote(String quoted) {
    var text = new StringBuilder();
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escaped = quoted.charAt(++i);
      switch (escaped) {
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'u' -> {
          text.append((char) Integer.parseInt(quoted.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> text.append(escaped);
      }
    }
    return text.toString();
  }

  /** Joins the parts of messages. */
  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        messages.add(parts.toString());
        parts.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.close();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    temp.close();
  }
}
