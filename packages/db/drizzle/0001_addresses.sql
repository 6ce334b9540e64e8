CREATE TABLE `flow_slugs` (
	`workspace_id` text NOT NULL,
	`slug` text PRIMARY KEY NOT NULL,
	`flow_id` text NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`flow_id`) REFERENCES `flows`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `flow_slugs_flow` ON `flow_slugs` (`flow_id`);--> statement-breakpoint
INSERT INTO `flow_slugs` (`workspace_id`, `slug`, `flow_id`) SELECT `workspace_id`, `slug`, `id` FROM `flows`;--> statement-breakpoint
UPDATE `api_keys` SET `flows` = (
	SELECT json_group_array(`flows`.`id`) FROM json_each(`api_keys`.`flows`) AS `named` JOIN `flows` ON `flows`.`slug` = `named`.`value` AND `flows`.`workspace_id` = `api_keys`.`workspace_id`
) WHERE `flows` IS NOT NULL;
