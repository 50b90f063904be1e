//! What the icon says and how it is drawn.

use jiff::Timestamp;
use relais_host::preferences::Language;
use tauri::image::Image;

use super::*;

const ICONS: [&[u8]; 4] = [SIGNED_IN, ENDS_SOON, WITHOUT_CARD, NOBODY];

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn face(sign: Sign, real: bool, language: Language) -> Face {
    face_on("2026-03-02T08:00:00Z", sign, real, language)
}

fn face_on(now: &str, sign: Sign, real: bool, language: Language) -> Face {
    Face::of(&Mark { sign, stored: None, renews: false, real, language, today: when::day(at(now)) })
}

#[test]
fn every_sign_has_a_shape_and_words_of_its_own_in_every_language() {
    let until = at("2026-03-02T18:45:00Z");
    let signs = [
        Sign::Nobody,
        Sign::Held,
        Sign::Ended { at: until },
        Sign::SignedIn { until },
        Sign::EndsSoon { until },
        Sign::WithoutCard { until },
    ];
    for language in Language::ALL {
        let lines: Vec<_> = signs.map(|sign| face(sign, true, language).line).to_vec();
        assert!(lines[2..].iter().all(|line| line.contains("19:45")), "{lines:?}");
        assert!(!lines[1].contains(':'), "nobody knows when one that is held ends: {lines:?}");
        let distinct: std::collections::BTreeSet<_> = lines.iter().collect();
        assert_eq!(distinct.len(), signs.len(), "{lines:?}");
        let Face { world, menu, .. } = face(Sign::Nobody, false, language);
        let all =
            [&lines.join(" "), &world, &menu.open, &menu.renew, &menu.hide, &menu.stop].map(Clone::clone);
        assert!(all.iter().all(|text| !text.is_empty() && !text.contains("tray-")), "{all:?}");
    }
    let shapes = signs.map(|sign| face(sign, true, Language::En).icon);
    assert_eq!(shapes, [NOBODY, NOBODY, NOBODY, SIGNED_IN, ENDS_SOON, WITHOUT_CARD]);
}

#[test]
fn an_end_on_another_day_says_which_and_midnight_changes_the_words() {
    let until = at("2026-03-03T07:00:00Z");
    let line = |now, sign, language| face_on(now, sign, true, language).line;
    let (eve, day) = ("2026-03-02T07:00:00Z", "2026-03-02T23:00:00Z");
    assert_eq!(line(eve, Sign::SignedIn { until }, Language::Fr), "Session ouverte jusqu'à demain, 08:00");
    assert_eq!(line(day, Sign::SignedIn { until }, Language::Fr), "Session ouverte jusqu'à 08:00");
    assert_eq!(line(eve, Sign::EndsSoon { until }, Language::De), "Die Sitzung endet morgen, 08:00");
    assert_eq!(line(day, Sign::EndsSoon { until }, Language::De), "Die Sitzung endet um 08:00");
    let later = "2026-03-04T07:00:00Z";
    assert_eq!(line(later, Sign::Ended { at: until }, Language::En), "Session ended yesterday, 08:00");
}

#[test]
fn who_stops_relais_is_told_what_becomes_of_the_session() {
    let stops = |stored| {
        let (language, today) = (Language::En, when::day(at("2026-03-02T08:00:00Z")));
        let mark = Mark { sign: Sign::Nobody, stored, renews: false, real: true, language, today };
        Face::of(&mark).menu.stop
    };
    assert_eq!(stops(None), "Stop Relais");
    assert_eq!(stops(Some(Stored::Os)), "Stop Relais (the session stays valid)");
    assert_eq!(stops(Some(Stored::File)), "Stop Relais (the session stays valid)");
    assert_eq!(stops(Some(Stored::Memory)), "Stop Relais (the session will be lost)");
}

#[test]
fn only_what_has_no_real_effect_says_so() {
    assert_eq!(face(Sign::Nobody, true, Language::En).world, "");
    assert_eq!(face(Sign::Nobody, false, Language::En).world, "Tests: nothing has real effect");
}

/// Relative luminance. Source: WCAG 2.2, "relative luminance".
fn luminance(rgb: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = rgb.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Share of an icon's area that contrasts with this panel by 3:1, as WCAG 1.4.11 asks of pictures.
fn stands_out(png: &[u8], panel: [u8; 3]) -> f64 {
    let image = Image::from_bytes(png).unwrap();
    let opaque = image.rgba().chunks_exact(4).filter(|pixel| pixel[3] == 255);
    let clear =
        opaque.filter(|pixel| contrast(luminance([pixel[0], pixel[1], pixel[2]]), luminance(panel)) >= 3.0);
    let count = f64::from(u32::try_from(clear.count()).unwrap());
    count / f64::from(image.width() * image.height())
}

#[test]
fn every_icon_can_be_seen_on_a_light_and_on_a_dark_panel() {
    for (number, icon) in ICONS.into_iter().enumerate() {
        for panel in [[0xff, 0xff, 0xff], [0xef, 0xf0, 0xf1], [0x1b, 0x1e, 0x20], [0, 0, 0]] {
            let share = stands_out(icon, panel);
            assert!(share > 0.15, "icon {number} on {panel:?}: {share}");
        }
    }
}

#[test]
fn no_two_icons_look_alike_without_their_colours() {
    let grey = |png: &[u8]| -> Vec<f64> {
        let image = Image::from_bytes(png).unwrap();
        image
            .rgba()
            .chunks_exact(4)
            .map(|p| luminance([p[0], p[1], p[2]]) * f64::from(p[3]) / 255.0)
            .collect()
    };
    for (number, one) in ICONS.into_iter().enumerate() {
        for other in &ICONS[number + 1..] {
            let (one, other) = (grey(one), grey(other));
            let differ = one.iter().zip(&other).filter(|(one, other)| (*one - *other).abs() > 0.3).count();
            assert!(differ * 20 > one.len(), "one part in twenty differs: {differ} of {}", one.len());
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_panel_gets_the_icon_in_its_order_of_bytes() {
    for png in ICONS {
        let (icon, image) = (platform::icon(png).unwrap(), Image::from_bytes(png).unwrap());
        assert_eq!((icon.width, icon.height), (64, 64));
        let (first, rgba) = (&icon.data[64 * 32 * 4 + 128..][..4], &image.rgba()[64 * 32 * 4 + 128..][..4]);
        assert_eq!(first, [rgba[3], rgba[0], rgba[1], rgba[2]]);
    }
}
