"""Every action of the loop, the strategy and the indicators: who hears of it, or why nobody has to.

A new action must be put into one of the two tables, so that somebody thinks of those upstream.
"""

from tests.architecture.hearing import hearers

UPSTREAM, PEOPLE, LETTER = "upstream", "people", "letter"

# `upstream`: everyone upstream, with the chain. `people`: those whom it concerns. `letter`: those without an account.
HEARD = {
    UPSTREAM: """
        indicators.edit_indicator indicators.publish_figures indicators.observe
        strategy.edit_roadmap strategy.create_goal strategy.edit_goal strategy.set_target strategy.edit_target
        strategy.remove_target strategy.tell_verdicts strategy.add_chapter strategy.edit_chapter strategy.open_action
        strategy.update_action strategy.post_update
        calls.publish_call
        decisions.publish_decision decisions.add_step decisions.add_steps decisions.settle_step decisions.record_follow_up
        analyses.record_deviation analyses.publish_evidence
        participants.open_recruitment participants.publish_summary
        plans.start_experiment plans.end_experiment plans.cancel_experiment
        testbeds.publish_testbed testbeds.close_testbed testbeds.reopen_testbed
        """,
    PEOPLE: """
        strategy.give_feedback strategy.answer_feedback
        calls.accept_invitation calls.remove_co_author calls.withdraw_entry calls.tell_overdue calls.decide_share
        decisions.remind_of_follow_up
        juries.add_juror juries.remove_juror juries.change_rules juries.ask_reviews juries.decline_review
        juries.set_aside_conflicts juries.lock_panel juries.remind_jurors juries.reopen_panel
        testbeds.send_agreement testbeds.sign_agreement testbeds.decline_agreement testbeds.withdraw_booking
        testbeds.free_over testbeds.cancel_booking testbeds.sign_off_checklist
        """,
    LETTER: """
        calls.submit_entry calls.send_link calls.renew_link
        participants.join participants.confirm_guardian participants.send_own_link participants.invite
        participants.send_join_link participants.release_waiting participants.ask_for_consent
        participants.forget_in_time
        """,
    f"{LETTER} {PEOPLE}": """
        calls.answer_entry calls.invite_co_author calls.edit_call calls.set_phases calls.close_call calls.reopen_call
        calls.publish_change calls.set_questions calls.set_categories calls.start_from_template calls.unseal_call
        calls.tell_of_call participants.edit_recruitment
        participants.publish_consent participants.lapse_overdue participants.offer_free participants.withdraw
        participants.forget_person participants.open_survey participants.invite_to_survey participants.remind
        plans.create_experiment juries.open_panel
        """,
    f"{PEOPLE} {UPSTREAM}": """
        testbeds.request_booking testbeds.approve_booking testbeds.refuse_booking
        """,
    f"{LETTER} {PEOPLE} {UPSTREAM}": "juries.conclude_panel",
}
SILENT = {
    "nobody is upstream of it yet": """
        indicators.create_indicator strategy.create_roadmap strategy.create_story strategy.create_impact_map
        analyses.ask_question
        """,
    "an impact map stands beside goals and actions, which tell of themselves": """
        strategy.edit_impact_map strategy.add_step strategy.edit_step strategy.remove_step
        """,
    "a draft that only those who write it see": """
        calls.create_call calls.save_entry calls.attach_to_entry calls.detach_from_entry calls.add_languages
        decisions.draft_decision decisions.edit_decision
        juries.create_panel juries.edit_panel juries.set_criteria juries.choose_finalists juries.place_finalists juries.save_review
        analyses.plan_sample_size analyses.add_measure analyses.remove_measure analyses.make_groups
        participants.make_recruitment participants.set_questions
        participants.draft_consent participants.write_consent_text participants.write_survey
        plans.edit_experiment
        testbeds.create_testbed testbeds.write_template testbeds.draft_agreement testbeds.edit_agreement
        testbeds.fill_checklist testbeds.reopen_checklist
        """,
    "what it leads to is told: the ranking with the results, figures with the evidence, a prize with the jury's word": """
        calls.give_award juries.keep_ranking juries.send_review juries.make_remark
        analyses.analyse analyses.ask_analysis analyses.keep_analysis analyses.look_on_the_way analyses.edit_question analyses.set_experiments_of_question
        analyses.combine
        measurements.connect measurements.add_observations measurements.add_measurements measurements.withdraw_batch
        measurements.pull_scores
        """,
    "talk tells of it, or shows it without a notice": "calls.comment_on_entry calls.support_entry",
    "the past is recorded": "calls.record_past_call calls.record_past_entry",
    "facts of a page that is read before each use": """
        testbeds.edit_testbed testbeds.add_offering testbeds.edit_offering
        decisions.record_money decisions.take_over_money decisions.take_back_money
        """,
    "the person does it themselves": """
        participants.give_consent participants.add_consent participants.accept_place participants.save_answers
        """,
    "who is concerned is told by what it is part of": """
        calls.freeze_call calls.hold_rules calls.look_first juries.freeze_rules participants.move participants.settle
        participants.renew_own participants.renew_guardian participants.close_recruitment participants.close_survey
        participants.name_keeper participants.remove_keeper participants.read_key participants.close_over
        calls.hide_names juries.keep_names_hidden
        """,
    "upkeep, forgetting and taking copies": """
        indicators.synchronise_indicators
        calls.refresh_compared calls.refresh_words calls.forget_words calls.forget_person calls.drop_links calls.drop_invitations
        juries.export_scores
        analyses.forget_unit measurements.erase_observations measurements.forget_unit
        participants.drop_invitations participants.drop_lapsed
        """,
}


def table(rows):
    return {name: what for what, names in rows.items() for name in names.split()}


def test_every_action_tells_those_in_the_table():
    told = {name: " ".join(sorted(ways)) for name, ways in hearers().items() if ways}
    assert told == table(HEARD)


def test_every_other_action_has_a_reason():
    silent = {name for name, ways in hearers().items() if not ways}
    assert silent == set(table(SILENT))


def test_no_action_stands_twice():
    names = " ".join([*HEARD.values(), *SILENT.values()]).split()
    assert sorted(set(names)) == sorted(names)
