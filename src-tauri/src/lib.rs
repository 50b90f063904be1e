//! The desktop shell: windows, commands and wiring. It holds no rule; the engine decides, the pages show.

mod arguments;
mod autostart;
mod commands;
mod desktop;
pub mod notifications;
mod pages;
mod tray;
mod windows;
mod wiring;

use std::path::Path;
use std::process::ExitCode;

use tauri::Manager;

pub use arguments::Arguments;

/// Every command and event, with their types. The bindings of the pages are made from it.
fn bindings() -> tauri_specta::Builder<tauri::Wry> {
    tauri_specta::Builder::<tauri::Wry>::new()
        .commands(tauri_specta::collect_commands![
            commands::session::snapshot,
            commands::session::sign_in,
            commands::session::sign_in_cancel,
            commands::session::sign_out,
            commands::session::renew,
            commands::session::snooze,
            commands::session::without_card,
            commands::session::open_without_card,
            commands::session::put_time_back,
            commands::continuity::continuity,
            commands::continuity::recent,
            commands::continuity::set_practice,
            commands::continuity::choose_route,
            commands::continuity::release_route,
            commands::continuity::past,
            commands::continuity::outage_page,
            commands::continuity::outage_save,
            commands::continuity::print_page,
            commands::certificates::certificates,
            commands::certificates::certificates_agree,
            commands::certificates::certificates_withdraw,
            commands::certificates::certificates_look,
            commands::certificates::certificates_give_up,
            commands::certificates::certificates_acknowledge,
            commands::certificates::certificates_snooze,
            commands::certificates::set_deputy,
            commands::certificates::deputy_draft,
            commands::certificates::certificates_save,
            commands::records::journal,
            commands::records::journal_chain,
            commands::records::ledger,
            commands::sandbox::sandbox,
            commands::sandbox::sandbox_do,
            commands::people::people,
            commands::people::forget_person,
            commands::people::set_hint,
            commands::settings::set_language,
            commands::settings::set_reader,
            commands::settings::use_keypad,
            commands::settings::set_appearance,
            commands::settings::set_key_store,
            commands::settings::set_hours,
            commands::settings::set_autostart,
            commands::settings::set_notifications,
            commands::settings::set_closing,
            commands::settings::policy,
            commands::continuity::software,
            commands::settings::set_organisation,
            commands::settings::choose_environment,
            commands::settings::environment_chosen,
            commands::settings::forget_environment,
            commands::pin::pin_view,
            commands::pin::pin_digit,
            commands::pin::pin_erase,
            commands::pin::pin_confirm,
            commands::pin::pin_cancel,
            commands::pin::pin_consent,
            commands::pin::pin_use_keypad,
            commands::pin::secret_push,
            commands::pin::secret_put,
        ])
        .events(tauri_specta::collect_events![
            desktop::SnapshotChanged,
            desktop::PinChanged,
            desktop::PlaceAsked,
            desktop::continuity::ContinuityChanged,
            desktop::certificates::CertificatesChanged
        ])
}

/// Starts Relais and runs until its last window is closed.
pub fn run() -> ExitCode {
    let arguments = match Arguments::of_this_start() {
        Ok(arguments) => arguments,
        Err(end) => return end,
    };
    relais_host::logging::start("warn");
    relais_host::hardening::forbid_dumps();
    let bindings = bindings();
    let handler = bindings.invoke_handler();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
            if let Some(desktop) = app.try_state::<desktop::Desktop>() {
                desktop.started_again(&arguments, Path::new(&folder));
            }
        }))
        .invoke_handler(handler)
        .setup(move |app| {
            bindings.mount_events(app);
            let desktop = match desktop::Desktop::open(app.handle().clone(), arguments) {
                Ok(desktop) => desktop,
                Err(problem) => {
                    // Tauri would panic; there is no window yet that could say it.
                    tracing::error!(%problem, "Relais cannot start");
                    std::process::exit(i32::from(relais_host::catalogue::code(problem.code).exit));
                }
            };
            app.manage(desktop.clone());
            windows::open_main(app.handle(), &desktop)?;
            desktop.start_tray();
            desktop.settle_autostart();
            desktop.start_chosen();
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if let tauri::RunEvent::Exit = event
                    && let Some(desktop) = app.try_state::<desktop::Desktop>()
                {
                    desktop.stop();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "Relais cannot start");
            ExitCode::from(70)
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
#[path = "../../tests/support/private_bus.rs"]
mod private_bus;
#[cfg(test)]
mod tests;
