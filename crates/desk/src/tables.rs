//! A CSV export, found under a path or among files, as the one document that the
//! export in JSON would be: what takes over that one takes over this.

use std::fs::File;
use std::io::{BufReader, Cursor, Read as _, Seek as _};
use std::path::Path;

use formats::export::{
    InvalidTables, TABLES_MAX, TableFile, TableSchema, is_table, is_zip, read_tables,
    unpack_tables, write_json,
};
use store::Reader;

use crate::views::export::{schemas, unwritten};
use crate::{DeskError, Result, file_name, open_file};

/// The table without which the others belong to nobody.
const PERSON: &str = "person";

/// Returns the export whose tables lie under these paths: the folder of a CSV
/// export, a zip of it, or tables of it. `None` where a path is something else.
///
/// # Errors
/// [`DeskError::Bad`] where there is nothing, or tables that cannot be read.
pub fn export_of_paths(reader: &Reader, paths: &[&Path]) -> Result<Option<Vec<u8>>> {
    let tables = reader.read(schemas)?;
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(files_in(path, &tables)?);
        } else {
            let mut file = open_file(path)?;
            let mut head = vec![0; formats::HEAD_LEN];
            let n_head = file.read(&mut head).map_err(|e| unread(path, &e))?;
            head.truncate(n_head);
            let name = file_name(path);
            if !is_zip(&head) && !is_table(&name, &head, &tables) {
                return Ok(None);
            }
            file.rewind().map_err(|e| unread(path, &e))?;
            if is_zip(&head) {
                files.extend(unpacked(BufReader::new(file), &tables));
            } else {
                files.push(whole(path, name, file)?);
            }
        }
    }
    document(&files, &tables)
}

/// Returns the export whose tables these files are, or which is zipped in one of
/// them; `None` where one of them is something else.
///
/// # Errors
/// [`DeskError::Bad`] where tables cannot be read.
pub fn export_of_files(reader: &Reader, given: &[TableFile]) -> Result<Option<Vec<u8>>> {
    let tables = reader.read(schemas)?;
    let mut files = Vec::new();
    for file in given {
        if is_zip(&file.bytes) {
            files.extend(unpacked(Cursor::new(&file.bytes), &tables));
        } else if is_table(&file.name, &file.bytes, &tables) {
            files.push(file.clone());
        } else {
            return Ok(None);
        }
    }
    document(&files, &tables)
}

fn document(files: &[TableFile], schemas: &[TableSchema]) -> Result<Option<Vec<u8>>> {
    let tables = read_tables(files, schemas).map_err(refused)?;
    let Some(first) = tables.first() else {
        return Ok(None);
    };
    if !tables.iter().any(|table| table.name == PERSON) {
        let found = format!("{}.csv without {PERSON}.csv", first.name);
        let would_do = "the folder of the export, a zip of it, or person.csv with it";
        return Err(DeskError::bad("export", found, would_do));
    }
    let mut bytes = Vec::new();
    write_json(&tables, &mut bytes).map_err(unwritten)?;
    Ok(Some(bytes))
}

/// Returns the tables in a zip archive; another archive, and a damaged one, is
/// told about where archives are read.
fn unpacked(source: impl std::io::Read + std::io::Seek, tables: &[TableSchema]) -> Vec<TableFile> {
    unpack_tables(source, tables).unwrap_or_default()
}

/// Returns the tables in a folder.
fn files_in(folder: &Path, tables: &[TableSchema]) -> Result<Vec<TableFile>> {
    let mut files = Vec::new();
    for table in tables {
        let path = folder.join(format!("{}.csv", table.name));
        if path.is_file() {
            files.push(whole(&path, file_name(&path), open_file(&path)?)?);
        }
    }
    Ok(files)
}

fn whole(path: &Path, name: String, file: File) -> Result<TableFile> {
    let mut bytes = Vec::new();
    let read = file.take(TABLES_MAX + 1).read_to_end(&mut bytes);
    read.map_err(|error| unread(path, &error))?;
    if bytes.len() as u64 > TABLES_MAX {
        return Err(refused(InvalidTables::TooLarge));
    }
    Ok(TableFile { name, bytes })
}

fn unread(path: &Path, error: &std::io::Error) -> DeskError {
    let found = format!("{}, which cannot be read: {error}", path.display());
    DeskError::bad("path", found, "the path of a file on this computer")
}

fn refused(error: InvalidTables) -> DeskError {
    DeskError::bad(
        "export",
        error,
        "the tables as Export wrote them, saved as CSV in UTF-8",
    )
}
