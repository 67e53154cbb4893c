//! The filter of the list of people as it stands in an address, and back.

use domain::{ProgramId, RelationshipState, Ring, RoleKind};
use form_urlencoded::{Serializer, parse};
use jiff::civil::Date;

use super::{Columns, Contact, Order, PeopleQuery, Reply};

impl PeopleQuery {
    /// Returns what an address asks of the list on a day, from its part behind
    /// the question mark. A word that means nothing filters nothing.
    pub fn from_address(fields: &str, today: Date) -> Self {
        let fields: Vec<(String, String)> = parse(fields.as_bytes()).into_owned().collect();
        let get = |name: &str| {
            let found = fields.iter().find(|(key, _)| key == name);
            found.map_or("", |(_, value)| value.as_str())
        };
        let tags = fields
            .iter()
            .filter(|(key, tag)| key == "tag" && !tag.is_empty());
        // Ticked boxes come one by one, a typed address has commas.
        let columns = fields.iter().filter(|(key, _)| key == "columns");
        let columns: Vec<&str> = columns.map(|(_, words)| words.as_str()).collect();
        Self {
            text: get("q").trim().to_owned(),
            role: RoleKind::from_word(get("role")),
            ring: Ring::from_word(get("ring")),
            tags: tags.map(|(_, tag)| tag.clone()).collect(),
            program: ProgramId::new(get("program")).ok(),
            us_state: get("in").trim().to_ascii_uppercase(),
            state: RelationshipState::from_word(get("state")),
            contact: Contact::from_word(get("last")),
            reply: Reply::from_word(get("reply")),
            today: Some(today),
            institution: get("at").to_owned(),
            same_school: match get("school") {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            archived: get("archived") == "yes",
            order: Order::from_word(get("order")).unwrap_or_default(),
            columns: Columns::from_words(&columns.join(",")).0,
            offset: get("from").parse().unwrap_or(0),
            limit: 0,
        }
    }

    /// Returns the filter as it stands in an address behind the question mark:
    /// empty where it keeps everybody. Where the list was turned to is left out.
    pub fn address(&self) -> String {
        let mut fields = Serializer::new(String::new());
        let school = self.same_school.map(|same| if same { "yes" } else { "no" });
        let order = Some(self.order.word()).filter(|_| self.order != Order::default());
        let contact = self.contact.map(Contact::word);
        let given = [
            ("q", Some(self.text.trim())),
            ("role", self.role.map(RoleKind::word)),
            ("ring", self.ring.map(Ring::word)),
            ("state", self.state.map(RelationshipState::word)),
            ("last", contact.as_deref()),
            ("reply", self.reply.map(Reply::word)),
            ("program", self.program.as_ref().map(ProgramId::as_str)),
            ("at", Some(self.institution.as_str())),
            ("in", Some(self.us_state.as_str())),
            ("school", school),
            ("archived", self.archived.then_some("yes")),
            ("order", order),
        ];
        for (name, value) in given {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                fields.append_pair(name, value);
            }
        }
        fields.extend_pairs(self.tags.iter().map(|tag| ("tag", tag)));
        if let Some(columns) = self.columns.words() {
            fields.append_pair("columns", &columns);
        }
        fields.finish()
    }
}
