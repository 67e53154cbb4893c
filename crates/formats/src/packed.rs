//! Text that may be packed with gzip, and may begin with a byte order mark.

use std::io::{BufRead, BufReader, Read};

/// What some programs write before text in UTF-8.
pub(crate) const BYTE_ORDER_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// Returns the text behind a reader, unpacked when it is gzip.
pub(crate) fn unpacked<'a>(reader: &'a mut dyn BufRead) -> std::io::Result<Box<dyn BufRead + 'a>> {
    let is_gzip = reader.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    if is_gzip {
        return Ok(Box::new(BufReader::with_capacity(
            1 << 16,
            flate2::bufread::MultiGzDecoder::new(reader),
        )));
    }
    Ok(Box::new(reader))
}

/// Reads everything, unpacked, without a byte order mark.
pub(crate) fn read_all(reader: &mut dyn BufRead) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    unpacked(reader)?.read_to_end(&mut bytes)?;
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    Ok(bytes)
}
