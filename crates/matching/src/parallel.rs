//! The one door to threads.

use std::ops::Range;

use rayon::prelude::*;

/// Work is cut into this many pieces for each thread, so that a thread that is held up delays little.
const PIECES: u64 = 4;

/// Splits `0..n` among the threads of the current pool, maps each piece, and reduces the results, whose order must not
/// matter. Returns `None` for an empty range.
pub(crate) fn map_reduce<T: Send>(
    n: u64,
    map: impl Fn(Range<u64>) -> T + Sync,
    reduce: impl Fn(T, T) -> T + Sync + Send,
) -> Option<T> {
    let n_pieces = (rayon::current_num_threads() as u64 * PIECES).min(n);
    let edge = |piece: u64| piece * n / n_pieces;
    (0..n_pieces)
        .into_par_iter()
        .map(|piece| map(edge(piece)..edge(piece + 1)))
        .reduce_with(reduce)
}
