//! Invented people. Their national numbers follow the rule, and nobody bears them but by accident.

use jiff::civil::{Date, date};
use relais_core::ident::Ssin;

/// Language of the documents, which shows in the letter for the sex and in the month of birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Dutch.
    Dutch,
    /// French.
    French,
    /// German.
    German,
}

/// Whom a card is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Surname.
    pub surname: String,
    /// One or two given names, with a blank between them.
    pub given_names: String,
    /// First letter of the third given name; empty for none.
    pub third_initial: String,
    /// Nationality, in the language of the card.
    pub nationality: String,
    /// Place of birth.
    pub birth_place: String,
    /// Date of birth.
    pub born: Date,
    /// Woman or man.
    pub woman: bool,
    /// Place in the register of that birthday: even for women, odd for men; 1 to 998.
    pub register_place: u16,
    /// Language of the documents.
    pub language: Language,
    /// Municipality that issued the card.
    pub issued_by: String,
    /// Street and number.
    pub street: String,
    /// Postcode.
    pub zip: String,
    /// Municipality of residence.
    pub municipality: String,
}

impl Person {
    /// A general practitioner of Namur.
    #[must_use]
    pub fn doctor() -> Self {
        Self {
            surname: "Vandersteen".into(),
            given_names: "Amélie Louise".into(),
            third_initial: "M".into(),
            nationality: "Belge".into(),
            birth_place: "Namur".into(),
            born: date(1979, 8, 14),
            woman: true,
            register_place: 428,
            language: Language::French,
            issued_by: "Namur".into(),
            street: "Rue des Tilleuls 17".into(),
            zip: "5000".into(),
            municipality: "Namur".into(),
        }
    }

    /// Her colleague of Ghent, for a second card.
    #[must_use]
    pub fn colleague() -> Self {
        Self {
            surname: "De Wilde".into(),
            given_names: "Joris".into(),
            third_initial: String::new(),
            nationality: "Belg".into(),
            birth_place: "Gent".into(),
            born: date(2000, 3, 2),
            woman: false,
            register_place: 131,
            language: Language::Dutch,
            issued_by: "Gent".into(),
            street: "Lindenstraat 4".into(),
            zip: "9000".into(),
            municipality: "Gent".into(),
        }
    }

    /// A child of Eupen.
    #[must_use]
    pub fn child() -> Self {
        Self {
            surname: "Müller".into(),
            given_names: "Lena Sophie".into(),
            third_initial: String::new(),
            nationality: "Belgisch".into(),
            birth_place: "Eupen".into(),
            born: date(2019, 3, 9),
            woman: true,
            register_place: 16,
            language: Language::German,
            issued_by: "Eupen".into(),
            street: "Lindenallee 8".into(),
            zip: "4700".into(),
            municipality: "Eupen".into(),
        }
    }

    /// National number, by the rule of the person's century.
    #[must_use]
    pub fn ssin(&self) -> Ssin {
        let (year, month, day) = (self.born.year(), self.born.month(), self.born.day());
        let nine = format!("{:02}{month:02}{day:02}{:03}", year % 100, self.register_place);
        let century = if year >= 2000 { "2" } else { "" };
        let base: u64 = format!("{century}{nine}").parse().unwrap_or(0);
        Ssin::parse(&format!("{nine}{:02}", 97 - base % 97)).expect("built by the rule of the check digits")
    }

    /// First given name and surname.
    #[must_use]
    pub fn name(&self) -> String {
        let first = self.given_names.split(' ').next().unwrap_or_default();
        format!("{first} {}", self.surname)
    }

    pub(super) fn sex(&self) -> &'static str {
        match (self.woman, self.language) {
            (false, _) => "M",
            (true, Language::French) => "F",
            (true, Language::Dutch) => "V",
            (true, Language::German) => "W",
        }
    }

    /// The birth date as the identity file writes it.
    pub(super) fn birth_date(&self) -> String {
        let month = months(self.language)[usize::from(self.born.month().unsigned_abs()) - 1];
        let (day, year) = (self.born.day(), self.born.year());
        match self.language {
            Language::German => format!("{day:02}.{month}.{year}"),
            Language::Dutch | Language::French => format!("{day:02} {month:<4} {year}"),
        }
    }
}

/// Names of months on the card (docs/reference/eid-card.md, section 4).
fn months(language: Language) -> [&'static str; 12] {
    match language {
        Language::French => {
            ["JAN", "FEV", "MARS", "AVR", "MAI", "JUIN", "JUIL", "AOUT", "SEPT", "OCT", "NOV", "DEC"]
        }
        Language::Dutch => {
            ["JAN", "FEB", "MAAR", "APR", "MEI", "JUN", "JUL", "AUG", "SEP", "OKT", "NOV", "DEC"]
        }
        Language::German => {
            ["JAN", "FEB", "MÄR", "APR", "MAI", "JUN", "JUL", "AUG", "SEP", "OKT", "NOV", "DEZ"]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birth_dates_are_written_in_the_language_of_the_card() {
        assert_eq!(Person::doctor().birth_date(), "14 AOUT 1979");
        assert_eq!(Person::colleague().birth_date(), "02 MAAR 2000");
        assert_eq!(Person::child().birth_date(), "09.MÄR.2019");
    }

    #[test]
    fn numbers_follow_the_rule_of_their_century() {
        for person in [Person::doctor(), Person::colleague(), Person::child()] {
            let expected = format!("{:02}", person.born.year() % 100);
            assert!(person.ssin().reveal().starts_with(&expected));
        }
    }
}
