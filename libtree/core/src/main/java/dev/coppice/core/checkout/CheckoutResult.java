package dev.coppice.core.checkout;

/**
 * What a checkout did.
 *
 * @param directories made or entered
 * @param linked files that are hard links now
 * @param copied files that are copies, symbolic links and whiteout devices included
 * @param kept files that existed and stayed
 */
public record CheckoutResult(long directories, long linked, long copied, long kept) {}
