//! A department's page, pasted: people with their posts and addresses below
//! them, and headings above.
//!
//! What a line is follows from the lines of the whole list: how names are
//! written in it, and whether posts stand above those who hold them or below.
//! A line that is neither somebody nor known of the person above is told.

use std::collections::HashMap;

use super::heading::{Class, Heading, trimmed};
use super::layout::Names;
use super::line::{Line, labelled_contact};
use super::name::{At, Found, Surety, is_address_of, is_degree, looks_like_name, shapes};
use super::table::Table;
use super::words::{aside, bare_year, has_label, is_of_page, is_place, is_region, is_specialty};
use super::{Reader, RosterRow, join};
use crate::people_lines::is_role;

/// One line of the text and what it is.
struct Item {
    row: RosterRow,
    line: Line,
    kind: Kind,
    /// Whether an empty line stands above it.
    has_gap: bool,
}

enum Kind {
    /// A heading for all below it.
    Heading(Heading),
    /// Something known of the person above.
    Detail,
    Person(Found),
    /// Somebody perhaps.
    Unsure(Found),
    Unknown,
    /// The line of a table that names its columns, and the table's own head.
    Row,
    Head,
}

/// Reads the lines of a department's page.
pub(super) fn read(reader: &mut Reader, text: &str) {
    let mut items = items(reader, text);
    let beginnings = items.iter().filter(|item| can_begin_with_name(item));
    let names = Names::of(beginnings.map(|item| &item.line));
    for (i, item) in items.iter_mut().enumerate() {
        if matches!(item.kind, Kind::Unknown) {
            item.kind = kind_of(item, names, i == 0);
        }
    }
    let sides = Sides::of(&items);
    let mut page = Page {
        reader,
        group: String::new(),
        groups: HashMap::new(),
        above: HashMap::new(),
        year: None,
        is_open: false,
        is_suspended: false,
    };
    for i in 0..items.len() {
        page.take(&items, i, &sides);
    }
    let groups = page.groups;
    for (row, i) in reader.out.rows.iter_mut().zip(0..) {
        if let Some(post) = groups.get(&i).filter(|_| row.specialty.is_empty()) {
            row.specialty.clone_from(post);
        }
    }
}

/// Returns the lines without bullets and rules. Empty lines mean nothing where
/// they part all lines.
fn items(reader: &mut Reader, text: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut table: Option<Table> = None;
    let mut has_gap = true;
    for (raw, line, number) in reader.lines(text) {
        if line.is_empty() {
            has_gap = true;
            continue;
        }
        let mut row = RosterRow {
            line: number,
            text: line.to_owned(),
            ..RosterRow::default()
        };
        let mut kind = Kind::Unknown;
        if let Some(headed) = Table::headed(raw) {
            table = Some(headed);
            kind = Kind::Head;
        } else if let Some(cells) = table.as_ref().and_then(|table| table.cells(raw)) {
            cells.fill(&mut row);
            kind = Kind::Row;
        }
        items.push(Item {
            row,
            line: Line::split(line),
            kind,
            has_gap,
        });
        has_gap = false;
    }
    let n_gaps = items.iter().filter(|item| item.has_gap).count();
    if items.len() >= 4 && n_gaps == items.len() {
        for item in &mut items {
            item.has_gap = false;
        }
    }
    items
}

fn can_begin_with_name(item: &Item) -> bool {
    let is_heading = item.line.only().is_some_and(|only| {
        !looks_like_name(only) && (Heading::of(only).is_some() || labelled_contact(only).is_some())
    });
    matches!(item.kind, Kind::Unknown) && !is_heading
}

fn kind_of(item: &Item, names: Names, is_first: bool) -> Kind {
    let only = item.line.only();
    if let Some(only) = only
        && !looks_like_name(only)
        && let Some(heading) = Heading::of(only)
    {
        return Kind::Heading(heading);
    }
    if let Some((found, surety)) = person(&item.line, names) {
        let is_apart = item.has_gap || is_first;
        return match surety {
            Surety::Sure => Kind::Person(found),
            Surety::Likely if is_apart => Kind::Person(found),
            Surety::Likely | Surety::Doubtful => Kind::Unsure(found),
        };
    }
    if is_detail(&item.line) {
        Kind::Detail
    } else {
        Kind::Unknown
    }
}

/// Returns who a line names, and how sure that is in a list of such names.
fn person(line: &Line, names: Names) -> Option<(Found, Surety)> {
    for at in line.starts() {
        let pieces = line.from(at);
        let begins_column = at.1 == 0;
        let [turned, plain] = shapes(&pieces);
        let has_both = turned.is_some() && plain.is_some();
        if let Some(shape) = turned
            && (begins_column && (at.0 == 0 || line.by_column))
        {
            let is_voted = names.surname_first || line.by_column && shape.n_pieces == pieces.len();
            let surety = match shape.surety {
                Surety::Sure if !has_both || is_voted => Surety::Sure,
                Surety::Likely if is_voted => Surety::Sure,
                Surety::Doubtful if names.surname_first && names.is_dense => Surety::Sure,
                other => other,
            };
            if !has_both || is_voted {
                return Some((shape.found(line, at), surety));
            }
        }
        if let Some(shape) = plain {
            let is_first = at == (0, 0);
            let surety = match shape.surety {
                Surety::Sure => Surety::Sure,
                // Among people with degrees, "Happy Helpers" may be a heading.
                _ if names.has_degrees && line.only().is_some() => Surety::Doubtful,
                // In a list of "Rao, Asha", "Lake Placid" may be anything.
                _ if names.is_settled && !line.by_column => Surety::Likely,
                // "Ocho Rios, Saint Ann" may be a town, and a surname.
                _ if has_both && !names.has_beside => Surety::Likely,
                _ if is_first || line.by_column => Surety::Sure,
                _ => Surety::Likely,
            };
            if is_first || line.by_column || is_role(line.piece((0, 0))) {
                return Some((shape.found(line, at), surety));
            }
        }
    }
    None
}

/// Returns whether a line says something known of a person: an address, a post,
/// a place, a degree, a town with its state, or what a label tells.
fn is_detail(line: &Line) -> bool {
    let starts = line.starts();
    let piece = |at: &At| line.piece(*at);
    let is_known = |text: &str| {
        labelled_contact(text).is_some()
            || is_specialty(text)
            || is_role(text)
            || is_place(text)
            || is_degree(text)
            || bare_year(text).is_some()
            || aside(text).is_some()
    };
    let is_town = |a: &str, b: &str| is_region(b) && !is_of_page(a);
    match starts.as_slice() {
        [] => true,
        [first] => is_known(piece(first)) || has_label(piece(first)),
        [first, second] if !line.by_column && is_town(piece(first), piece(second)) => true,
        all => {
            // Degrees go on with degrees only: "DO, MINH" is somebody.
            let is_known_first = is_known(piece(&all[0]))
                && (!is_degree(piece(&all[0])) || all.iter().all(|at| is_known(piece(at))));
            has_label(piece(&all[0]))
                || is_known_first
                || all.iter().skip(1).any(|at| is_region(piece(at)))
                    && all.len() <= 4
                    && !line.by_column
        }
    }
}

/// On which side of its people the list sets each kind of post.
struct Sides(HashMap<Class, Side>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
    Unknown,
}

impl Sides {
    fn of(items: &[Item]) -> Self {
        let is_group = |item: &&Item| matches!(item.kind, Kind::Heading(Heading::Group(_)));
        let n_groups = items.iter().filter(is_group).count();
        let n_people = items.iter().filter(|item| item.is_somebody()).count();
        let side = |class: Class| {
            let (mut n_above, mut n_below, mut n_either) = (0, 0, 0);
            for i in (0..items.len()).filter(|i| items[*i].class() == Some(class)) {
                match possible(items, i) {
                    (true, false) => n_below += 1,
                    (false, true) => n_above += 1,
                    (true, true) => n_either += 1,
                    (false, false) => {}
                }
            }
            let is_of_group = class != Class::Post && n_groups > 0;
            match (n_above, n_below) {
                (0, 0) if is_of_group => Side::Above,
                (0, 0) if n_either * 5 >= n_people * 3 || class == Class::Post => Side::Below,
                (0, 0) => Side::Unknown,
                (_, 0) => Side::Above,
                (0, _) if !is_of_group || n_below * 2 >= n_people => Side::Below,
                _ => Side::Unknown,
            }
        };
        Self(
            Class::ALL
                .into_iter()
                .map(|class| (class, side(class)))
                .collect(),
        )
    }

    /// Returns on which side a post's person is.
    fn side(&self, items: &[Item], i: usize, class: Class) -> Side {
        match possible(items, i) {
            (true, false) => Side::Below,
            (false, true) => Side::Above,
            (true, true) => self.0.get(&class).copied().unwrap_or(Side::Unknown),
            (false, false) => {
                let next = items.get(i + 1);
                let is_alone = next.is_some_and(|next| next.has_gap || next.is_heading());
                match is_alone && items[i + 1..].iter().any(Item::is_somebody) {
                    true => Side::Above,
                    false => Side::Unknown,
                }
            }
        }
    }
}

/// Returns whether a post can be of the person above it, and whether it can
/// stand above people.
fn possible(items: &[Item], i: usize) -> (bool, bool) {
    let mut has_person_above = false;
    for (item, below) in items[..i].iter().zip(&items[1..]).rev() {
        if below.has_gap {
            break;
        }
        match item.kind {
            Kind::Person(_) | Kind::Unsure(_) => {
                has_person_above = true;
                break;
            }
            Kind::Detail | Kind::Unknown | Kind::Heading(Heading::Post(_)) => {}
            _ => break,
        }
    }
    let mut has_people_below = false;
    for item in &items[i + 1..] {
        match item.kind {
            _ if item.has_gap && item.class().is_none() => break,
            Kind::Person(_) | Kind::Unsure(_) => {
                has_people_below = true;
                break;
            }
            Kind::Heading(Heading::Post(_)) => {}
            _ => break,
        }
    }
    (has_person_above, has_people_below)
}

impl Item {
    fn is_somebody(&self) -> bool {
        matches!(self.kind, Kind::Person(_) | Kind::Unsure(_))
    }

    fn is_heading(&self) -> bool {
        matches!(self.kind, Kind::Heading(_))
    }

    fn class(&self) -> Option<Class> {
        match self.kind {
            Kind::Heading(Heading::Post(class)) => Some(class),
            _ => None,
        }
    }
}

/// What the headings say of the lines below them, and whom those are about.
struct Page<'a> {
    reader: &'a mut Reader,
    /// The post of a group.
    group: String,
    /// The posts of groups by the rows under their headings, for those that
    /// turn out to have none of their own.
    groups: HashMap<usize, String>,
    /// Posts that stand above their people.
    above: HashMap<Class, String>,
    year: Option<i16>,
    /// Whether the last row is the person of the paragraph.
    is_open: bool,
    /// Whether a line in between was not understood.
    is_suspended: bool,
}

impl Page<'_> {
    fn take(&mut self, items: &[Item], i: usize, sides: &Sides) {
        let item = &items[i];
        self.is_open &= !item.has_gap;
        match &item.kind {
            Kind::Head => self.close(),
            Kind::Row => {
                self.reader.push(item.row.clone());
                self.close();
            }
            Kind::Heading(Heading::Year(year)) => {
                // "Class of 2027" below people of a group is a group of its own.
                if self.year.is_none() && (i == 0 || !items[i - 1].is_heading()) {
                    self.group.clear();
                }
                self.above.clear();
                self.year = Some(*year);
                self.close();
            }
            Kind::Heading(Heading::Group(post)) => {
                self.group.clone_from(post);
                self.above.clear();
                self.year = None;
                self.close();
            }
            Kind::Heading(Heading::Post(class)) => match sides.side(items, i, *class) {
                Side::Above => self.set_above(*class, &item.row.text),
                Side::Below => self.attach(item),
                Side::Unknown => {
                    let would_do = "behind the name of its person, or with an empty line above it";
                    self.refuse(item, would_do);
                }
            },
            Kind::Person(found) => self.push(item, found),
            Kind::Unsure(found) => {
                let is_shown = item.line.only().is_some() && has_details(items, i)
                    || addresses(items, i).any(|contact| is_address_of(&contact, &found.name));
                if is_shown {
                    self.push(item, found);
                } else {
                    let name = found.name.plain();
                    let would_do = format!(
                        "a name of its own as {}, or with an empty line above it",
                        crate::text::quoted(&name)
                    );
                    self.refuse(item, &would_do);
                }
            }
            Kind::Detail => self.attach(item),
            Kind::Unknown => {
                let is_repeated = items.iter().filter(|o| o.row.text == item.row.text).count() > 1;
                let is_above = items.get(i + 1).is_some_and(Item::is_somebody);
                if is_above && !is_repeated {
                    // It may be a heading: those above it end there.
                    self.group.clear();
                    self.above.clear();
                }
                self.refuse(item, "a person, or what is known of the one above");
            }
        }
    }

    fn close(&mut self) {
        self.is_open = false;
        self.is_suspended = false;
    }

    fn set_above(&mut self, class: Class, text: &str) {
        // A field of medicine goes on with a rank below it, as in "IR", "Fellow".
        self.above
            .retain(|other, _| *other == Class::Field && class != Class::Field);
        self.above.insert(class, trimmed(text).to_owned());
        self.close();
    }

    fn push(&mut self, item: &Item, found: &Found) {
        let mut row = item.row.clone();
        row.year = self.year;
        self.reader.fill(&mut row, &item.line, Some(found));
        for class in Class::ALL.into_iter().rev() {
            if let Some(post) = self.above.get(&class)
                && !row.specialty.contains(post.as_str())
            {
                let own = std::mem::replace(&mut row.specialty, post.clone());
                join(&mut row.specialty, &own);
            }
        }
        let i = self.reader.out.rows.len();
        self.groups.insert(i, self.group.clone());
        self.reader.push(row);
        self.is_open = true;
        self.is_suspended = false;
    }

    /// Adds a line to the person above, where it is sure to be that person's.
    fn attach(&mut self, item: &Item) {
        let mut more = item.row.clone();
        self.reader.fill(&mut more, &item.line, None);
        let is_own = self.reader.last_name().is_some_and(|name| {
            more.contacts
                .iter()
                .any(|contact| is_address_of(contact, name))
        });
        if self.is_open && !self.is_suspended || is_own {
            self.reader.join(more);
            self.is_open = true;
            self.is_suspended = false;
        } else {
            self.refuse(item, "the name of its person right above it");
        }
    }

    fn refuse(&mut self, item: &Item, would_do: &str) {
        let found = crate::text::quoted(&item.row.text);
        self.reader.problem(item.row.line, &found, would_do);
        self.is_suspended = true;
    }
}

/// Returns whether a post or another detail stands right below a line.
fn has_details(items: &[Item], i: usize) -> bool {
    let next = items.get(i + 1).filter(|next| !next.has_gap);
    next.is_some_and(|next| matches!(next.kind, Kind::Detail) || next.class() == Some(Class::Post))
}

/// Returns the addresses between a line and the next person.
fn addresses(items: &[Item], i: usize) -> impl Iterator<Item = domain::ContactPoint> {
    let own = items[i..].iter().zip(0..);
    let own = own.take_while(|(item, n)| *n == 0 || !item.is_somebody());
    own.flat_map(|(item, _)| {
        let pieces = item.line.starts().into_iter();
        pieces.filter_map(|at| labelled_contact(item.line.piece(at)))
    })
}
