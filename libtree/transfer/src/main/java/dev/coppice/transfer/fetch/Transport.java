package dev.coppice.transfer.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One exchange with a server, without redirects, retries or anything else that is decided above.
 * Safe for several threads.
 */
interface Transport extends AutoCloseable {
  /**
   * What is asked.
   *
   * @param head whether only the headers are wanted
   * @param patience how long the server may be silent before its headers come
   */
  record Call(URI uri, boolean head, List<FetchSettings.Header> headers, Duration patience) {}

  /**
   * What was answered.
   *
   * @param body has to be closed; closing it early gives the connection up
   */
  record Reply(int status, Fields fields, InputStream body) {}

  /** The headers of an answer. */
  @FunctionalInterface
  interface Fields {
    /** The first value of a header; its name in lower case. */
    Optional<String> first(String name);

    /** A header that is a number. */
    default OptionalLong number(String name) {
      return first(name)
          .filter(text -> text.matches("[0-9]{1,18}"))
          .map(text -> OptionalLong.of(Long.parseLong(text)))
          .orElseGet(OptionalLong::empty);
    }

    /** Headers that are known. */
    static Fields of(java.util.Map<String, String> known) {
      return name -> Optional.ofNullable(known.get(name.toLowerCase(Locale.ROOT)));
    }
  }

  /**
   * Asks.
   *
   * @throws NetworkException when there is no answer
   */
  Reply send(Call call) throws IOException;

  @Override
  void close();
}
