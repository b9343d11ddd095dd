package dev.coppice.reposerver.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.coppice.reposerver.Pages;
import dev.coppice.reposerver.WebPage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** As little of a server as a browser needs to look at pages. */
final class PageServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Pages pages;

  private PageServer(Pages pages, int port) throws IOException {
    this.pages = pages;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Serves pages at a free port of this machine. */
  static PageServer of(Pages pages) throws IOException {
    return new PageServer(pages, 0);
  }

  /** Serves pages at a port. */
  static PageServer of(Pages pages, int port) throws IOException {
    return new PageServer(pages, port);
  }

  /** The address of a path with its query, both encoded. */
  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      WebPage page =
          pages
              .page(
                  exchange.getRequestURI().getPath(), query(exchange.getRequestURI().getRawQuery()))
              .orElseThrow();
      exchange.getResponseHeaders().set("Content-Type", page.contentType());
      page.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(
          page.status(), page.body().size() == 0 ? -1 : page.body().size());
      if (page.body().size() > 0) {
        try (OutputStream out = exchange.getResponseBody()) {
          page.body().writeTo(out);
        }
      }
    }
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.putIfAbsent(decode(name), decode(value));
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
