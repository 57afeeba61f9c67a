/** The common emoji by Slack's short names. */

const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|ok_hand 👌|clap 👏|wave 👋|raised_hands 🙌|raised_hand ✋|hand ✋|pray 🙏|muscle 💪|handshake 🤝|point_up ☝️|point_right 👉|point_left 👈|point_down 👇|eyes 👀|fist ✊|v ✌️|crossed_fingers 🤞|saluting_face 🫡|writing_hand ✍️
smile 😄|smiley 😃|grin 😁|joy 😂|rofl 🤣|blush 😊|slightly_smiling_face 🙂|wink 😉|heart_eyes 😍|sunglasses 😎|thinking_face 🤔|neutral_face 😐|expressionless 😑|sweat_smile 😅|sweat 😓|cry 😢|sob 😭|scream 😱|rage 😡|sleeping 😴|zzz 💤|exploding_head 🤯|face_with_monocle 🧐|melting_face 🫠|partying_face 🥳|upside_down_face 🙃|relieved 😌|worried 😟|confused 😕
heart ❤️|broken_heart 💔|blue_heart 💙|green_heart 💚|yellow_heart 💛|purple_heart 💜|sparkles ✨|star ⭐|star2 🌟|fire 🔥|boom 💥|zap ⚡|tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|trophy 🏆|medal 🏅|100 💯|dart 🎯|crown 👑|gem 💎
rocket 🚀|ship 🚢|ferry ⛴️|boat ⛵|sailboat ⛵|anchor ⚓|canoe 🛶|speedboat 🚤|airplane ✈️|train 🚆|car 🚗|truck 🚚|package 📦|gift_heart 💝|construction 🚧|building_construction 🏗️|house 🏠|office 🏢|factory 🏭|bridge_at_night 🌉
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|heavy_multiplication_x ✖️|o ⭕|warning ⚠️|rotating_light 🚨|no_entry ⛔|no_entry_sign 🚫|octagonal_sign 🛑|stop_sign 🛑|exclamation ❗|heavy_exclamation_mark ❗|grey_exclamation ❕|question ❓|grey_question ❔|bangbang ‼️|interrobang ⁉️|information_source ℹ️|sos 🆘|ok 🆗|new 🆕|up 🆙|cool 🆒|free 🆓|vs 🆚
red_circle 🔴|large_red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣|white_circle ⚪|black_circle ⚫|large_brown_circle 🟤|large_red_square 🟥|large_orange_square 🟧|large_yellow_square 🟨|large_green_square 🟩|large_blue_square 🟦|large_purple_square 🟪|white_large_square ⬜|black_large_square ⬛|white_small_square ▫️|black_small_square ▪️|small_blue_diamond 🔹|large_blue_diamond 🔷|small_orange_diamond 🔸|large_orange_diamond 🔶
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|zero 0️⃣|hash #️⃣
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_forward ▶️|arrow_backward ◀️|arrows_counterclockwise 🔄|arrows_clockwise 🔃|leftwards_arrow_with_hook ↩️|arrow_right_hook ↪️|arrow_upper_right ↗️|arrow_lower_right ↘️|fast_forward ⏩|rewind ⏪|black_right_pointing_double_triangle_with_vertical_bar ⏭️|double_vertical_bar ⏸️|pause_button ⏸️|black_square_for_stop ⏹️|stop_button ⏹️|repeat 🔁|back 🔙|end 🔚|soon 🔜|top 🔝
clock1 🕐|clock3 🕒|clock6 🕕|clock9 🕘|clock12 🕛|alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|hourglass ⌛|hourglass_flowing_sand ⏳|watch ⌚|mantelpiece_clock 🕰️|calendar 📆|date 📅|spiral_calendar_pad 🗓️|spiral_calendar 🗓️
memo 📝|pencil 📝|pencil2 ✏️|page_facing_up 📄|page_with_curl 📃|scroll 📜|clipboard 📋|bookmark 🔖|bookmark_tabs 📑|label 🏷️|pushpin 📌|round_pushpin 📍|paperclip 📎|link 🔗|file_folder 📁|open_file_folder 📂|card_index_dividers 🗂️|card_file_box 🗃️|books 📚|book 📖|notebook 📓|newspaper 📰|inbox_tray 📥|outbox_tray 📤|email 📧|envelope ✉️|incoming_envelope 📨|mailbox 📫|speech_balloon 💬|thought_balloon 💭|left_speech_bubble 🗨️|ballot_box_with_ballot 🗳️
loudspeaker 📢|mega 📣|bell 🔔|no_bell 🔕|telephone_receiver 📞|phone ☎️|pager 📟|satellite_antenna 📡|iphone 📱|computer 💻|desktop_computer 🖥️|keyboard ⌨️|floppy_disk 💾|cd 💿|electric_plug 🔌|battery 🔋|bulb 💡|flashlight 🔦|mag 🔍|mag_right 🔎|microscope 🔬|telescope 🔭|test_tube 🧪|petri_dish 🧫|thermometer 🌡️|pill 💊
lock 🔒|unlock 🔓|closed_lock_with_key 🔐|key 🔑|old_key 🗝️|shield 🛡️|hammer 🔨|wrench 🔧|hammer_and_wrench 🛠️|nut_and_bolt 🔩|gear ⚙️|toolbox 🧰|broom 🧹|wastebasket 🗑️|fire_extinguisher 🧯|fire_engine 🚒|ambulance 🚑|police_car 🚓|helmet_with_white_cross ⛑️|bricks 🧱|axe 🪓|scissors ✂️|balance_scale ⚖️|scales ⚖️|chains ⛓️|magnet 🧲|safety_vest 🦺|vertical_traffic_light 🚦|traffic_light 🚥|checkered_flag 🏁|triangular_flag_on_post 🚩|white_flag 🏳️|black_flag 🏴|waving_white_flag 🏳️|waving_black_flag 🏴|kr 🇰🇷|us 🇺🇸|gb 🇬🇧|de 🇩🇪|in 🇮🇳
chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|moneybag 💰|dollar 💵|credit_card 💳|shopping_trolley 🛒|shopping_cart 🛒|receipt 🧾
snowflake ❄️|ice_cube 🧊|snowman ⛄|sunny ☀️|partly_sunny ⛅|cloud ☁️|rain_cloud 🌧️|thunder_cloud_and_rain ⛈️|rainbow 🌈|umbrella ☔|ocean 🌊|crescent_moon 🌙|full_moon 🌕|new_moon 🌑|earth_asia 🌏|earth_africa 🌍|earth_americas 🌎|globe_with_meridians 🌐|world_map 🗺️|volcano 🌋|tornado 🌪️|droplet 💧|seedling 🌱|evergreen_tree 🌲|herb 🌿|four_leaf_clover 🍀|maple_leaf 🍁|cherry_blossom 🌸|sunflower 🌻|cactus 🌵
bug 🐛|ant 🐜|bee 🐝|lady_beetle 🐞|spider_web 🕸️|cat 🐱|dog 🐶|fox_face 🦊|bear 🐻|panda_face 🐼|tiger 🐯|rabbit 🐰|frog 🐸|penguin 🐧|bird 🐦|hatching_chick 🐣|canary 🐤|baby_chick 🐤|owl 🦉|duck 🦆|turtle 🐢|snail 🐌|whale 🐳|dolphin 🐬|octopus 🐙|crab 🦀|fish 🐟|otter 🦦|unicorn_face 🦄|dragon 🐉
coffee ☕|tea 🍵|beer 🍺|pizza 🍕|cake 🍰|birthday 🎂|doughnut 🍩|cookie 🍪|apple 🍎|green_apple 🍏|lemon 🍋|popcorn 🍿|rice 🍚|ramen 🍜
robot_face 🤖|ghost 👻|skull 💀|alien 👽|space_invader 👾|wizard 🧙|ninja 🥷|detective 🕵️|construction_worker 👷|firefighter 🧑‍🚒|technologist 🧑‍💻|scientist 🧑‍🔬|astronaut 🧑‍🚀|judge 🧑‍⚖️|busts_in_silhouette 👥|bust_in_silhouette 👤|speaking_head_in_silhouette 🗣️|family 👪|runner 🏃|walking 🚶|bow 🙇|shrug 🤷|face_palm 🤦|raising_hand 🙋
video_game 🎮|game_die 🎲|jigsaw 🧩|art 🎨|musical_note 🎵|microphone 🎤|headphones 🎧|movie_camera 🎥|camera 📷|camera_with_flash 📸|clapper 🎬|ticket 🎫|admission_tickets 🎟️|crystal_ball 🔮|nazar_amulet 🧿|compass 🧭|infinity ♾️|recycle ♻️|radioactive_sign ☢️|biohazard_sign ☣️|atom_symbol ⚛️|heavy_plus_sign ➕|heavy_minus_sign ➖|heavy_division_sign ➗|heavy_dollar_sign 💲|copyright ©️|tm ™️|hotsprings ♨️|trident 🔱|beginner 🔰|a 🅰️|b 🅱️|parking 🅿️|hearts ♥️|spades ♠️|diamonds ♦️|clubs ♣️
`;

const EMOJI = new Map(
  TABLE.trim().split(/[|\n]/).map((pair) => {
    const gap = pair.lastIndexOf(" ");
    return [pair.slice(0, gap), pair.slice(gap + 1)];
  }),
);

/** The character of a short name without colons ("tada", "+1::skin-tone-3"), or null when it is not known. */
export function emoji(name) {
  return EMOJI.get(name.replace(/::skin-tone-\d$/, "")) ?? null;
}

/** "Done :tada:" → "Done 🎉"; unknown names stay as written. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/g, (whole, name) => emoji(name) ?? whole);
}
