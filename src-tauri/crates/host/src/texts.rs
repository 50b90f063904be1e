//! The words of the program itself: codes with their advice, titles, prompts. The pages have theirs from the same files.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use relais_core::{Code, Problem};

use crate::preferences::Language;

/// The texts of one language.
pub struct Texts(FluentBundle<FluentResource>);

const FR: [&str; 7] = [
    include_str!("../../../../ui/locales/fr/host.ftl"),
    include_str!("../../../../ui/locales/fr/codes.ftl"),
    include_str!("../../../../ui/locales/fr/cli.ftl"),
    include_str!("../../../../ui/locales/fr/journal.ftl"),
    include_str!("../../../../ui/locales/fr/outside.ftl"),
    include_str!("../../../../ui/locales/fr/record.ftl"),
    include_str!("../../../../ui/locales/fr/certificates.ftl"),
];
const NL: [&str; 7] = [
    include_str!("../../../../ui/locales/nl/host.ftl"),
    include_str!("../../../../ui/locales/nl/codes.ftl"),
    include_str!("../../../../ui/locales/nl/cli.ftl"),
    include_str!("../../../../ui/locales/nl/journal.ftl"),
    include_str!("../../../../ui/locales/nl/outside.ftl"),
    include_str!("../../../../ui/locales/nl/record.ftl"),
    include_str!("../../../../ui/locales/nl/certificates.ftl"),
];
const DE: [&str; 7] = [
    include_str!("../../../../ui/locales/de/host.ftl"),
    include_str!("../../../../ui/locales/de/codes.ftl"),
    include_str!("../../../../ui/locales/de/cli.ftl"),
    include_str!("../../../../ui/locales/de/journal.ftl"),
    include_str!("../../../../ui/locales/de/outside.ftl"),
    include_str!("../../../../ui/locales/de/record.ftl"),
    include_str!("../../../../ui/locales/de/certificates.ftl"),
];
const EN: [&str; 7] = [
    include_str!("../../../../ui/locales/en/host.ftl"),
    include_str!("../../../../ui/locales/en/codes.ftl"),
    include_str!("../../../../ui/locales/en/cli.ftl"),
    include_str!("../../../../ui/locales/en/journal.ftl"),
    include_str!("../../../../ui/locales/en/outside.ftl"),
    include_str!("../../../../ui/locales/en/record.ftl"),
    include_str!("../../../../ui/locales/en/certificates.ftl"),
];

impl Texts {
    /// The texts of `language`.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let files = match language {
            Language::Fr => FR,
            Language::Nl => NL,
            Language::De => DE,
            Language::En => EN,
        };
        let name = language.name().parse().expect("four well-formed language names");
        let mut bundle = FluentBundle::new_concurrent(vec![name]);
        // Marks of direction around values would end up in terminals and window titles.
        bundle.set_use_isolating(false);
        for file in files {
            let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(good, _)| good);
            bundle.add_resource_overriding(resource);
        }
        Self(bundle)
    }

    /// A text by its key, with values. An unknown key gives itself, so that a mistake is seen and nothing breaks.
    #[must_use]
    pub fn get(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.format(key, None, &named(values))
    }

    /// What a text adds to its first sentence; nothing where it adds none.
    #[must_use]
    pub fn more(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.format(key, Some("more"), &named(values))
    }

    /// A text by its key, if there is one.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<String> {
        self.0.get_message(key).map(|_| self.get(key, &[]))
    }

    /// What happened, in one sentence.
    #[must_use]
    pub fn sentence(&self, problem: &Problem) -> String {
        self.format(&key(problem.code), None, &args(problem))
    }

    /// What to do now.
    #[must_use]
    pub fn advice(&self, problem: &Problem) -> String {
        self.format(&key(problem.code), Some("advice"), &args(problem))
    }

    /// Title of the PIN window.
    #[must_use]
    pub fn pin_window_title(&self) -> String {
        self.get("pin-window-title", &[])
    }

    fn format(&self, key: &str, attribute: Option<&str>, args: &FluentArgs<'_>) -> String {
        let Some(message) = self.0.get_message(key) else { return key.to_owned() };
        let pattern = match attribute {
            Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
            None => message.value(),
        };
        let mut errors = vec![];
        pattern.map_or_else(String::new, |p| self.0.format_pattern(p, Some(args), &mut errors).into_owned())
    }
}

fn key(code: Code) -> String {
    code.to_string().to_ascii_lowercase()
}

fn named<'a>(values: &[(&'a str, &'a str)]) -> FluentArgs<'a> {
    let mut args = FluentArgs::new();
    for (name, value) in values {
        args.set(*name, value_of(value));
    }
    args
}

fn args(problem: &Problem) -> FluentArgs<'_> {
    let mut args = FluentArgs::new();
    for (name, value) in &problem.with {
        args.set(name.as_str(), value_of(value));
    }
    args
}

/// A whole number chooses plural forms; everything else is text.
fn value_of(text: &str) -> FluentValue<'_> {
    text.parse::<i32>().map_or_else(|_| FluentValue::from(text), FluentValue::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_sentence_and_an_advice_in_every_language() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for (_, code) in Code::ALL {
                let problem = Problem::new(*code);
                assert!(!texts.sentence(&problem).starts_with("rls-"), "{} {code}", language.name());
                assert!(!texts.advice(&problem).is_empty(), "{} {code}", language.name());
            }
        }
    }

    #[test]
    fn numbers_choose_their_form() {
        let texts = Texts::new(Language::En);
        let asked = |tries| texts.get("ask-pin", &[("holder", "Claire"), ("tries", tries)]);
        assert_eq!(asked("1"), "PIN of Claire (one try left):");
        assert_eq!(asked("3"), "PIN of Claire (3 tries left):");
        assert_eq!(asked("unknown"), "PIN of Claire (number of tries unknown):");
    }
}
