package dev.coppice.core.checkout;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that make further tasks, worked off by a few threads, the newest first: so the number of
 * directories that are open at once stays near depth times threads.
 *
 * <p>When tasks fail, those before the failed one in the order of the tree still run and those
 * behind it do not. The failure that is reported is therefore the first in the order of the tree,
 * however the threads were scheduled.
 *
 * <p>An interruption of the calling thread abandons all tasks that have not begun.
 */
final class WorkStack {
  /** A piece of work. */
  interface Task {
    /** Does it; what it pushes is behind itself in the order. */
    void run(WorkStack stack) throws IOException;

    /** Is called instead of {@link #run} when an earlier task has failed. */
    void abandon() throws IOException;

    /** The directory it belongs to, with a slash at the end. */
    String path();

    /** The position among the tasks of one directory. */
    int part();
  }

  private final ArrayDeque<Task> tasks = new ArrayDeque<>();
  private int busy;
  private int waiting;
  private boolean stopped;
  private @Nullable Task failed;
  private @Nullable Throwable failure;

  /** Runs a task and all that come of it; the calling thread is one of the threads. */
  void run(Task first, int threads) throws IOException {
    push(List.of(first));
    var others = new ArrayList<Thread>();
    for (int i = 1; i < threads; i++) {
      others.add(Thread.ofPlatform().daemon().name("checkout-" + i).start(this::work));
    }
    work();
    join(others);
    synchronized (this) {
      switch (failure) {
        case null -> {}
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }

  private void join(List<Thread> threads) {
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          stop();
        }
      }
    }
  }

  private synchronized void stop() {
    stopped = true;
    failure = new InterruptedIOException("interrupted");
  }

  /** Adds tasks; the first of them will be taken first. */
  synchronized void push(List<? extends Task> added) {
    for (int i = added.size() - 1; i >= 0; i--) {
      tasks.push(added.get(i));
    }
    if (waiting > 0) {
      notifyAll();
    }
  }

  private void work() {
    Task task = take();
    while (task != null) {
      try {
        if (isWanted(task)) {
          task.run(this);
        } else {
          task.abandon();
        }
      } catch (IOException | RuntimeException | Error e) {
        fail(task, e);
      }
      done();
      task = take();
    }
  }

  private synchronized @Nullable Task take() {
    while (tasks.isEmpty() && busy > 0) {
      waiting++;
      try {
        wait();
      } catch (InterruptedException e) {
        stop();
      } finally {
        waiting--;
      }
    }
    if (Thread.interrupted()) {
      stop();
    }
    if (tasks.isEmpty()) {
      return null;
    }
    busy++;
    return tasks.pop();
  }

  private synchronized void done() {
    busy--;
    if (busy == 0 && tasks.isEmpty()) {
      notifyAll();
    }
  }

  private synchronized void fail(Task task, Throwable e) {
    if (!stopped && (failed == null || isBefore(task, failed))) {
      failed = task;
      failure = e;
    }
  }

  private synchronized boolean isWanted(Task task) {
    return !stopped && (failed == null || isBefore(task, failed));
  }

  private static boolean isBefore(Task task, Task other) {
    int order = compare(task.path(), other.path());
    return order == 0 ? task.part() < other.part() : order < 0;
  }

  /** The order of a walk: a directory before what is in it, names in order. */
  static int compare(String path, String other) {
    int length = Math.min(path.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = path.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        // A name that is the beginning of another stands before it, whatever follows there.
        return (a == '/' ? -1 : a) - (b == '/' ? -1 : b);
      }
    }
    return path.length() - other.length();
  }
}
