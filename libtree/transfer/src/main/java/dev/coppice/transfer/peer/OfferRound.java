package dev.coppice.transfer.peer;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.ref.CollectionRef;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks places what they offer: machines on the local network several at a time, for each may keep
 * whoever asks waiting, and the others one after the other.
 */
record OfferRound(OfferReader reader, List<CollectionRef> wanted) {
  /** More would take memory: each may send a summary as large as they can be. */
  private static final int AT_A_TIME = 8;

  /**
   * What a place answered.
   *
   * @param offer empty when it has nothing that is wanted
   * @param failure why it could not be asked
   */
  record Answer(Place place, Optional<Offer> offer, Optional<String> failure) {}

  /** The answers of all, in the order of the places. */
  List<Answer> ask(List<Place> places) throws IOException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
      Map<Place, Future<Answer>> early = new HashMap<>();
      for (Place place : places) {
        if (place instanceof Place.OnNetwork) {
          early.put(place, threads.submit(() -> ask(place)));
        }
      }
      List<Answer> answers = new ArrayList<>();
      for (Place place : places) {
        Future<Answer> asked = early.get(place);
        answers.add(asked == null ? ask(place) : await(asked));
      }
      return answers;
    }
  }

  private Answer ask(Place place) throws InterruptedIOException {
    try {
      return new Answer(place, reader.read(place, wanted), Optional.empty());
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException | TreeException e) {
      return new Answer(place, Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private static Answer await(Future<Answer> asked) throws IOException {
    try {
      return asked.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
