//! What can be done. A verb reads, decides in pure code, writes once and
//! reports; every verb is one operation that can be undone.

pub mod add_own_place;
pub mod answer_employer;
pub mod answer_message;
pub mod apply_import;
pub mod correct_fact;
pub mod decide_item;
pub mod delete_people;
pub mod edit_people;
pub mod edit_person;
pub mod forget_people;
pub mod hand_over_message;
pub mod import_hospitals;
pub mod keep_apart;
pub mod list_program;
pub mod load_export;
pub mod log_interaction;
pub mod map_columns;
pub mod mend_message;
pub mod merge_people;
pub mod note_export;
pub mod note_hospital;
pub mod plan_rotation;
pub mod restore_people;
pub mod save_filter;
pub mod set_rhythms;
pub mod set_up;
pub mod settle_commitment;
pub mod switch_rule;
pub mod tick_item;
pub mod undo_operation;
pub mod write_message;
