use super::*;
use relais_core::continuity::ladder::{Standing, standings};
use toml::{Table, Value};

const CATALOGUE: &str = include_str!("../../../../catalogue/services.toml");

fn catalogue() -> &'static Catalogue {
    Catalogue::built_in()
}

#[test]
fn it_is_read_and_has_the_fourteen_functions_in_their_order() {
    let catalogue = Catalogue::parse(CATALOGUE).unwrap();
    let sections: Vec<_> = catalogue.services.iter().map(|service| service.section).collect();
    assert_eq!(sections, (1..=14).collect::<Vec<_>>());
    assert!(!catalogue.complete, "the platform announces more");
}

/// The canonical table, function by function: what comes after the normal level, as the platform describes it.
///
/// Source: R-097 to R-136, eHealth, business continuity for general practitioners.
const CHAINS: [(&str, &[Kind]); 14] = {
    use Kind::*;
    [
        ("auth", &[PlatformFailover, LocalCache, AlternateCredential]),
        ("insurability", &[MycarenetDirect, LocalCache, PatientStatement, Paper]),
        ("memberdata", &[MycarenetDirect, Paper]),
        ("tariff", &[MycarenetDirect, VendorModule]),
        ("mediprima-tariff", &[MycarenetDirect, VendorModule]),
        ("chapter4-consult", &[MycarenetDirect, LocalCache, PatientStatement]),
        ("chapter4-request", &[MycarenetDirect, Defer, Paper]),
        ("encryption-known", &[PlatformFailover, LocalCache]),
        ("encryption-unknown", &[PlatformFailover]),
        ("hub-documents", &[PlatformFailover]),
        ("vaccination", &[AlternateApp]),
        ("sumehr", &[PlatformFailover]),
        ("prescription", &[PlatformFailover, Paper]),
        ("eattest", &[MycarenetDirect, Paper]),
    ]
};

#[test]
fn every_function_has_the_levels_the_platform_describes_and_no_other() {
    let kinds = |service: &Service| service.levels.iter().map(|level| level.kind).collect::<Vec<_>>();
    for (service, (id, chain)) in catalogue().services.iter().zip(CHAINS) {
        assert_eq!(service.id, id);
        assert_eq!(kinds(service), [&[Kind::Normal], chain].concat(), "{id}");
    }
}

#[test]
fn a_canonical_kind_is_a_level_or_said_to_be_not_stated() {
    for service in &catalogue().services {
        let levels: Vec<_> = service.levels.iter().map(|level| level.kind).collect();
        for row in &catalogue().kinds {
            let (has, not_stated) = (levels.contains(&row.id), service.not_stated.contains(&row.id));
            assert!(!(has && not_stated), "{}: {:?}", service.id, row.id);
            assert_eq!(row.canonical && !has, not_stated, "{}: {:?}", service.id, row.id);
        }
    }
}

#[test]
fn levels_stand_by_their_order_and_begin_with_the_normal_one() {
    for service in &catalogue().services {
        let orders: Vec<_> = service.levels.iter().map(|level| level.order).collect();
        assert!(orders.is_sorted(), "{}", service.id);
        assert_eq!((orders[0], service.levels[0].switch), (0, Switch::Usual), "{}", service.id);
        assert!(orders.windows(2).all(|pair| pair[1] - pair[0] <= 1), "{}: a gap", service.id);
        for level in &service.levels[1..] {
            assert_ne!(level.switch, Switch::Usual, "{}", service.id);
            let by_hand = level.switch == Switch::Manual;
            assert_eq!(level.actor == Actor::Person, by_hand, "{}: {:?}", service.id, level.kind);
            let severity = catalogue().kind(level.kind).unwrap().severity;
            assert!(!by_hand || severity >= Severity::Notice, "{}: {:?}", service.id, level.kind);
        }
    }
}

#[test]
fn a_function_depends_on_earlier_ones_only() {
    for service in &catalogue().services {
        for id in &service.depends_on {
            assert!(catalogue().service(id).unwrap().section < service.section, "{}: {id}", service.id);
        }
        let login = service.depends_on.iter().any(|id| id == "auth");
        assert_eq!(login, !["auth", "encryption-known"].contains(&service.id.as_str()), "{}", service.id);
    }
}

/// The levels that are in force when this is known.
fn in_force(service: &Service, known: impl Fn(Fact) -> Option<bool>) -> Vec<&Level> {
    let standings = standings(&service.rungs(), &known);
    let in_force = |(standing, level)| (standing == Standing::InForce).then_some(level);
    standings.into_iter().zip(&service.levels).filter_map(in_force).collect()
}

#[test]
fn when_everything_works_the_normal_level_is_in_force() {
    let well = |fact| Some(!matches!(fact, Fact::FailoverActive | Fact::InsurabilityInDoubt));
    for service in &catalogue().services {
        assert_eq!(in_force(service, well), [&service.levels[0]], "{}", service.id);
    }
}

#[test]
fn when_nothing_is_known_nothing_is_in_force() {
    for service in &catalogue().services {
        assert_eq!(in_force(service, |_| None), Vec::<&Level>::new(), "{}", service.id);
    }
}

/// Every state of the facts a function rests on, each of them true or false.
fn states(service: &Service) -> Vec<Vec<(Fact, bool)>> {
    let mut facts: Vec<_> =
        service.levels.iter().flat_map(|level| &level.when).map(|when| when.fact).collect();
    facts.sort();
    facts.dedup();
    let state = |bits: u32| facts.iter().enumerate().map(|(n, fact)| (*fact, bits & (1 << n) != 0)).collect();
    (0..1 << facts.len()).map(state).collect()
}

fn look(state: &[(Fact, bool)], fact: Fact) -> Option<bool> {
    state.iter().find(|(known, _)| *known == fact).map(|(_, holds)| *holds)
}

#[test]
fn whatever_is_known_some_level_is_in_force_or_the_function_has_words_for_it() {
    for service in &catalogue().services {
        let stuck =
            states(service).iter().any(|state| in_force(service, |fact| look(state, fact)).is_empty());
        assert_eq!(stuck, service.no_level.is_some(), "{}", service.id);
    }
}

#[test]
fn a_platform_of_which_nothing_is_known_sends_nobody_to_paper() {
    use relais_core::continuity::ladder::Teller;
    for service in &catalogue().services {
        for state in states(service) {
            let known = |fact: Fact| look(&state, fact).filter(|_| fact.teller() != Teller::Signal);
            for level in in_force(service, known) {
                // A card that is not there is known whatever the platform does.
                let by_this_pc = level.switch != Switch::Manual
                    || level.kind == Kind::AlternateCredential
                    // Nor is the region's own service the platform's.
                    || level.kind == Kind::AlternateApp;
                assert!(by_this_pc, "{}: {:?}", service.id, level.kind);
            }
        }
    }
}

#[test]
fn two_levels_are_in_force_at_once_only_as_alternatives() {
    for service in &catalogue().services {
        for state in states(service) {
            let levels = in_force(service, |fact| look(&state, fact));
            assert!(levels.windows(2).all(|pair| pair[0].order == pair[1].order), "{}", service.id);
        }
    }
}

#[test]
fn the_insurers_are_asked_directly_for_every_key_the_platform_has() {
    for service in &catalogue().services {
        let direct = service.levels.iter().any(|level| level.kind == Kind::MycarenetDirect);
        let keys = |host| {
            let mut keys: Vec<_> =
                catalogue().addresses(service, host).iter().map(|at| at.key.0.clone()).collect();
            keys.sort();
            keys
        };
        let expected = if direct { keys(Host::Platform) } else { vec![] };
        assert_eq!(keys(Host::Mycarenet), expected, "{}", service.id);
        assert_eq!(service.components.iter().any(|id| id == "mycarenet"), direct, "{}", service.id);
        assert_eq!(service.id == "vaccination", keys(Host::Platform).is_empty(), "{}", service.id);
    }
}

#[test]
fn a_function_moves_to_the_backup_zone_when_all_that_it_runs_on_does() {
    for service in &catalogue().services {
        let moves = service.levels.iter().any(|level| level.kind == Kind::PlatformFailover);
        let parts: Vec<_> = service.components.iter().map(|id| catalogue().component(id).unwrap()).collect();
        assert!(!parts.is_empty());
        assert_eq!(parts.iter().all(|part| part.failover == Failover::Automatic), moves, "{}", service.id);
    }
}

#[test]
fn member_data_are_known_by_the_key_of_the_list_and_by_that_of_the_registry() {
    let service = catalogue().service("memberdata").unwrap();
    let at = |host| {
        let addresses = catalogue().addresses(service, host);
        addresses.iter().map(|at| (at.key.0.as_str(), at.path.as_deref().unwrap())).collect::<Vec<_>>()
    };
    let both =
        ["memberdata:v1", "mycarenetmemberdata:v1"].map(|key| format!("uddi:ehealth-fgov-be:business:{key}"));
    let through = |path| [(both[0].as_str(), path), (both[1].as_str(), path)];
    assert_eq!(at(Host::Platform), through("/MyCareNet/MemberData/v1"));
    assert_eq!(at(Host::Mycarenet), through("/mycarenet/bed/bcp/memberData"));
}

#[test]
fn an_address_has_a_key_and_on_a_host_we_know_a_path() {
    for component in &catalogue().components {
        assert!(component.host == Host::Own || !component.addresses.is_empty(), "{}", component.id);
        for Address { key, path } in &component.addresses {
            let parts: Vec<_> = key.0.split(':').collect();
            assert!(
                matches!(parts[..], ["uddi", _, "business", _, version] if version.starts_with('v'))
                    || key.0 == relais_core::continuity::plan::VITALINK,
                "{key:?}"
            );
            assert_eq!(path.is_none(), component.host == Host::Own, "{key:?}");
            assert!(
                path.as_ref().is_none_or(|path| path.starts_with('/') && !path.ends_with('/')),
                "{path:?}"
            );
        }
    }
}

#[test]
fn every_component_and_every_document_is_for_something() {
    let (mut components, mut documents) = (HashSet::new(), HashSet::new());
    for service in &catalogue().services {
        components.extend(&service.components);
        documents.extend(service.levels.iter().flat_map(|level| &level.documents));
    }
    assert!(catalogue().components.iter().all(|component| components.contains(&component.id)));
    assert!(catalogue().documents.iter().all(|document| documents.contains(&document.id)));
}

/// Every text of the file with where it stands, as it is in each language.
fn texts(at: &str, value: &Value, found: &mut Vec<(String, Table)>) {
    match value {
        Value::Table(table) if table.contains_key("fr") => found.push((at.to_owned(), table.clone())),
        Value::Table(table) => {
            table.iter().for_each(|(key, value)| texts(&format!("{at}.{key}"), value, found))
        }
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(n, value)| texts(&format!("{at}.{n}"), value, found));
        }
        _ => {}
    }
}

fn all_texts() -> Vec<(String, Table)> {
    let (whole, mut found) = (toml::from_str(CATALOGUE).unwrap(), vec![]);
    texts("", &Value::Table(whole), &mut found);
    assert!(found.len() > 150, "{} texts: the walk has missed some", found.len());
    found
}

fn sentences(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(values) => values.iter().map(|value| value.as_str().unwrap()).collect(),
        value => vec![value.as_str().unwrap()],
    }
}

#[test]
fn every_text_is_there_in_the_four_languages_and_fits_a_window() {
    for (at, table) in all_texts() {
        assert_eq!(table.len(), 4, "{at}");
        let counts: HashSet<_> = table.values().map(|value| sentences(value).len()).collect();
        assert!(counts.len() == 1 && !counts.contains(&0), "{at}: as many sentences in each");
        for (language, value) in &table {
            for text in sentences(value) {
                assert!(!text.is_empty() && text.trim() == text, "{at}.{language}");
                assert!(text.chars().count() <= 300, "{at}.{language}: {}", text.chars().count());
                assert!(!text.contains("  ") && !text.contains('"'), "{at}.{language}");
            }
        }
    }
}

#[test]
fn no_sentence_is_left_in_the_words_of_another_language() {
    for (at, table) in all_texts() {
        for name in ["fr", "nl", "de"] {
            for (text, english) in sentences(&table[name]).iter().zip(sentences(&table["en"])) {
                let proper_name =
                    text.split_whitespace().count() < 3 || text.starts_with("eHealth User Management");
                assert!(proper_name || *text != english, "{at}.{name}");
            }
        }
    }
}

#[test]
fn sentences_end_alike_in_every_language() {
    let end = |text: &str| text.chars().last().filter(|last| ".?!".contains(*last));
    for (at, table) in all_texts() {
        for (language, value) in &table {
            for (text, english) in sentences(value).iter().zip(sentences(&table["en"])) {
                assert_eq!(end(text), end(english), "{at}.{language}");
            }
        }
    }
}

#[test]
fn every_source_is_a_requirement() {
    fn sources<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
        match value {
            Value::Table(table) => table.iter().for_each(|(key, value)| match key.as_str() {
                "sources" => found.push(value),
                _ => sources(value, found),
            }),
            Value::Array(values) => values.iter().for_each(|value| sources(value, found)),
            _ => {}
        }
    }
    let (whole, mut found) = (Value::Table(toml::from_str(CATALOGUE).unwrap()), vec![]);
    sources(&whole, &mut found);
    for list in found {
        let list = sentences(list);
        assert!(!list.is_empty());
        for source in list {
            let number = source.strip_prefix("R-").or_else(|| source.strip_prefix("D-"));
            assert!(number.is_some_and(|number| number.parse::<u16>().is_ok()), "{source}");
        }
    }
}

#[test]
fn the_page_names_twelve_packages_and_two_of_them_for_renewal() {
    let software = &catalogue().software;
    assert_eq!(software.packages.len(), 12);
    assert!(software.packages.iter().all(|package| package.failover == Support::Listed));
    let renewing = software.packages.iter().filter(|package| package.renewal == Support::Listed);
    assert_eq!(renewing.map(|package| package.name.as_str()).collect::<Vec<_>>(), ["Prodoc", "Medinect"]);
    for package in &software.packages {
        let parts = [Some(&package.name), package.version.as_ref(), package.vendor.as_ref()];
        assert!(
            parts.into_iter().flatten().all(|part| package.as_printed.contains(part)),
            "{}",
            package.name
        );
    }
}

#[test]
fn what_is_named_and_not_described_is_refused() {
    for (good, bad, told) in [
        (r#"components = ["kgss"]"#, r#"components = ["kgs"]"#, r#""kgs""#),
        (r#"depends_on = ["auth", "encryption-known"]"#, r#"depends_on = ["login"]"#, r#""login""#),
        (r#"documents = ["annexe-30"]"#, r#"documents = ["annexe-31"]"#, r#""annexe-31""#),
    ] {
        assert!(CATALOGUE.contains(good), "{good}");
        let refused = Catalogue::parse(&CATALOGUE.replace(good, bad));
        assert_eq!(refused, Err(CatalogueError::NotDescribed(told.into())));
    }
}

#[test]
fn what_is_described_twice_is_refused() {
    let twice = CATALOGUE.replace(r#"id = "kgss""#, r#"id = "metahub""#);
    assert_eq!(Catalogue::parse(&twice), Err(CatalogueError::Twice(r#""metahub""#.into())));
}

#[test]
fn an_unknown_word_and_a_missing_language_are_refused() {
    for (good, bad) in [
        (r#"kind = "defer""#, r#"kind = "postpone""#),
        (r#""!vitalink_ok""#, r#""!vitalink_up""#),
        (r#"actor = "nobody""#, r#"actor = "someone""#),
        ("complete = false", "complete = false\nfinished = false"),
        (r#", de = "Vitalink antwortet." }"#, " }"),
    ] {
        assert!(CATALOGUE.contains(good), "{good}");
        let refused = Catalogue::parse(&CATALOGUE.replace(good, bad));
        assert!(matches!(refused, Err(CatalogueError::Unreadable(_))), "{bad}");
    }
}
