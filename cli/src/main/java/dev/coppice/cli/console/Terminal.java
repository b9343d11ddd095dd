package dev.coppice.cli.console;

/** What is known about the terminal behind standard output and standard error. */
public interface Terminal {
  /** No terminal at all: pipes, files, tests. */
  Terminal NONE =
      new Terminal() {
        @Override
        public boolean onOutput() {
          return false;
        }

        @Override
        public boolean onError() {
          return false;
        }

        @Override
        public boolean colour() {
          return false;
        }

        @Override
        public int width() {
          return DEFAULT_WIDTH;
        }
      };

  /** Columns assumed where no terminal tells. */
  int DEFAULT_WIDTH = 80;

  /** Whether standard output is a terminal. */
  boolean onOutput();

  /** Whether standard error is a terminal. */
  boolean onError();

  /** Whether colour is welcome, given that the stream is a terminal. */
  boolean colour();

  /** Columns of a line; may change while a command runs. */
  int width();
}
