package dev.coppice.transfer.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LargeObjectsTest {
  private final LargeObjects large = new LargeObjects();

  private static Failure tooLarge() {
    return new Failure(ErrorCode.RESPONSE_TOO_LARGE, "too large");
  }

  @Test
  void smallOnesAreLoadedOnce() throws IOException {
    List<Long> limits = new ArrayList<>();
    assertThat(large.<String>take(most -> limits.add(most) ? "done" : "")).isEqualTo("done");
    assertThat(limits).containsExactly(LargeObjects.SMALL);
  }

  @Test
  void largeOnesAreLoadedOneAfterAnother() throws Exception {
    var inside = new AtomicInteger();
    var together = new AtomicInteger();
    Callable<Integer> piece =
        () ->
            large.take(
                most -> {
                  if (most == LargeObjects.SMALL) {
                    throw tooLarge();
                  }
                  together.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  Thread.yield();
                  return inside.getAndDecrement();
                });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> each : threads.invokeAll(java.util.Collections.nCopies(50, piece))) {
        assertThat(each.get()).isEqualTo(1);
      }
    }
    assertThat(together).hasValue(1);
  }

  @Test
  void whatIsTooLargeForAllIsRefusedAndEndsTheTurn() throws IOException {
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(Failure.class)
          .isThrownBy(
              () ->
                  large.take(
                      most -> {
                        throw tooLarge();
                      }));
    }
    var last = new AtomicInteger();
    assertThat(large.<Long>take(most -> last.getAndIncrement() == 0 ? again() : most))
        .isEqualTo(PullSource.MAX_METADATA);
  }

  private static Long again() {
    throw tooLarge();
  }

  @Test
  void otherFailuresAreNotTriedAgain() {
    var runs = new AtomicInteger();
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(
            () ->
                large.take(
                    most -> {
                      runs.incrementAndGet();
                      throw new Failure(ErrorCode.HTTP_STATUS, "500");
                    }));
    assertThat(runs).hasValue(1);
  }
}
