package dev.coppice.transfer.fetch;

/**
 * What a fetcher did so far.
 *
 * @param bytes of bodies that came
 * @param requests that were sent, repeated ones included
 * @param retries of them
 * @param resumed bodies that went on where they broke off
 */
public record FetchStats(long bytes, long requests, long retries, long resumed) {}
