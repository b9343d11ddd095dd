package dev.coppice.transfer.remote;

import dev.coppice.core.failure.TreeException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks several mirrors at the same time. One that is slow or broken does not hold up the others:
 * when the first has answered well, the others have a moment more.
 */
final class MirrorRace {
  /** More are not asked: a list may be long, and the best are first. */
  private static final int MOST = 8;

  /** For mirrors that are nearly as fast as the first. */
  private static final long MOMENT_MILLIS = 500;

  private MirrorRace() {}

  /** What is asked for. */
  interface Question<T> {
    /** Asks one mirror; fails when it is of no use. */
    T ask(URI mirror) throws IOException;
  }

  /** A good answer. */
  record Answer<T>(URI mirror, T value) {}

  /**
   * What came of it.
   *
   * @param found in the order in which the mirrors were named
   * @param problem of the last one that failed; empty when none did
   */
  record Result<T>(List<Answer<T>> found, String problem) {}

  private record Outcome<T>(int place, @Nullable Answer<T> answer, String problem) {}

  static <T> Result<T> run(List<URI> mirrors, Question<T> question) throws IOException {
    List<URI> asked = mirrors.subList(0, Math.min(mirrors.size(), MOST));
    BlockingQueue<Outcome<T>> outcomes = new LinkedBlockingQueue<>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < asked.size(); i++) {
      int place = i;
      threads.add(
          Thread.ofVirtual()
              .name("mirror-" + i)
              .start(() -> outcomes.add(outcome(place, asked.get(place), question))));
    }
    try {
      return gather(asked.size(), outcomes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      threads.forEach(Thread::interrupt);
    }
  }

  private static <T> Outcome<T> outcome(int place, URI mirror, Question<T> question) {
    try {
      return new Outcome<>(place, new Answer<>(mirror, question.ask(mirror)), "");
    } catch (IOException | TreeException e) {
      return new Outcome<>(place, null, String.valueOf(e.getMessage()));
    }
  }

  private static <T> Result<T> gather(int asked, BlockingQueue<Outcome<T>> outcomes)
      throws InterruptedException {
    var found = new ArrayList<Outcome<T>>();
    String problem = "";
    for (int i = 0; i < asked; i++) {
      Outcome<T> next =
          found.isEmpty() ? outcomes.take() : outcomes.poll(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
      if (next == null) {
        break;
      }
      if (next.answer() == null) {
        problem = next.problem();
      } else {
        found.add(next);
      }
    }
    found.sort((one, other) -> Integer.compare(one.place(), other.place()));
    var answers = new ArrayList<Answer<T>>();
    for (Outcome<T> each : found) {
      if (each.answer() != null) {
        answers.add(each.answer());
      }
    }
    return new Result<>(answers, problem);
  }
}
