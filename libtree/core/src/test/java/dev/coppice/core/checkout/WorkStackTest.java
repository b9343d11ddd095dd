package dev.coppice.core.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkStackTest {
  private final AtomicInteger run = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();

  private final class Node implements WorkStack.Task {
    private final String path;
    private final int depth;

    Node(String path, int depth) {
      this.path = path;
      this.depth = depth;
    }

    @Override
    public void run(WorkStack stack) throws IOException {
      run.incrementAndGet();
      if (path.endsWith("/c/")) {
        throw new IOException(path);
      }
      if (depth > 0) {
        stack.push(
            List.of(
                new Node(path + "a/", depth - 1),
                new Node(path + "b/", depth - 1),
                new Node(path + "c/", depth == 3 ? 0 : -1),
                new Node(path + "d/", depth - 1)));
      }
    }

    @Override
    public void abandon() {
      abandoned.incrementAndGet();
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public int part() {
      return 0;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void everyTaskIsRunOrAbandonedAndTheFirstFailureWins(int threads) {
    for (int i = 0; i < 50; i++) {
      run.set(0);
      abandoned.set(0);
      assertThatThrownBy(() -> new WorkStack().run(new Node("/", 4), threads))
          .isInstanceOf(IOException.class)
          .hasMessage("/a/a/a/c/");
      assertThat(run.get()).isPositive();
      assertThat((run.get() + abandoned.get() - 1) % 4).isZero();
    }
  }

  @Test
  void theOrderIsThatOfAWalk() {
    assertThat(WorkStack.compare("/", "/a/")).isNegative();
    assertThat(WorkStack.compare("/a/", "/a/b/")).isNegative();
    assertThat(WorkStack.compare("/a/z/", "/a-b/")).isNegative();
    assertThat(WorkStack.compare("/a-b/", "/a/z/")).isPositive();
    assertThat(WorkStack.compare("/b/", "/a/z/")).isPositive();
    assertThat(WorkStack.compare("/a/", "/a/")).isZero();
  }
}
